import { HubClient } from '../client/hub-client';
import { HubFiles, type HubFacts } from './test-hub';

/** The hub that the global set-up started, as a spec's process sees it. */
export function sharedHub(): { facts: HubFacts; files: HubFiles; api: HubClient } {
  if (!process.env.E2E_HUB) throw new Error('these specs run by playwright.config.ts, whose global set-up starts the hub');
  const facts = JSON.parse(process.env.E2E_HUB) as HubFacts;
  return { facts, files: new HubFiles(facts), api: new HubClient(facts.port) };
}
