import { HubClient } from '../client/hub-client';
import { HubFiles, type HubFacts } from './test-hub';

/** Stands in while tests are only listed: then no hub is started. */
const none: HubFacts = { port: 0, home: '/nowhere', repositories: '/nowhere' };

/** The hub that the global set-up started, as a spec's process sees it. */
export function sharedHub(): { facts: HubFacts; files: HubFiles; api: HubClient } {
  const facts = process.env.E2E_HUB ? (JSON.parse(process.env.E2E_HUB) as HubFacts) : none;
  return { facts, files: new HubFiles(facts), api: new HubClient(facts.port) };
}
