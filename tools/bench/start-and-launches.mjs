import { setTimeout as pause } from 'node:timers/promises';
import { step } from '../launcher/console.mjs';
import { measureLaunches } from './launches/launches.mjs';
import { median } from './report.mjs';

const secondStarts = 3;
/** After the last build: heaps shrink, connections of the builds close. */
const settleMs = 30_000;

/**
 * How long a second start takes, what the services hold in memory at idle, and what a launch costs beside `docker run`.
 * @param {import('./hub-process.mjs').HubProcess} hub not started
 * @param {{ start: boolean, launches: boolean, pairs: number }} wanted
 * @returns {Promise<{ start?: import('./report.mjs').StartResults, launches?: import('./launches/launches.mjs').LaunchResults }>}
 */
export async function measureStartAndLaunches(hub, { start, launches, pairs }) {
  await step('first start (install and build as needed)', () => hub.start());
  const apps = await step('demo apps', (note) => hub.demoApps(note));
  const memoryBytes = start ? await step('memory at idle', () => memoryAtIdle(hub)) : {};
  const launchResults = launches ? await measureLaunches(hub, apps, pairs) : undefined;
  await hub.stop();
  /** @type {number[]} */
  const startSeconds = [];
  for (let again = 0; start && again < secondStarts; again++) {
    startSeconds.push(await step('second start', () => hub.start()));
    await hub.stop();
  }
  return { ...(start ? { start: { startSeconds, memoryBytes } } : {}), ...(launchResults ? { launches: launchResults } : {}) };
}

/** @param {import('./hub-process.mjs').HubProcess} hub @returns {Promise<Record<string, number>>} bytes of each service: medians */
async function memoryAtIdle(hub) {
  await pause(settleMs);
  const samples = [];
  for (let sample = 0; sample < 5; sample++, await pause(1000)) samples.push(hub.memory());
  return Object.fromEntries(Object.keys(samples[0] ?? {}).map((name) => [name, median(samples.map((bytes) => bytes[name] ?? 0))]));
}
