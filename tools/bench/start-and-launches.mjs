import { setTimeout as pause } from 'node:timers/promises';
import { Complaint, step } from '../launcher/console.mjs';
import { compareLaunches } from './launch-latency.mjs';
import { median } from './report.mjs';

/** One with a server of a few kilobytes and one with Node in it. */
const measuredApps = ['tiles', 'pulse'];
const secondStarts = 3;
/** After the last build: heaps shrink, connections of the builds close. */
const settleMs = 30_000;

/**
 * How long a second start takes, what the services hold in memory at idle, and what a launch costs beside `docker run`.
 * @param {import('./hub-process.mjs').HubProcess} hub not started
 * @param {{ start: boolean, launches: boolean, pairs: number }} wanted
 * @returns {Promise<{ start?: import('./report.mjs').StartResults, launches?: import('./report.mjs').LaunchTimes[] }>}
 */
export async function measureStartAndLaunches(hub, { start, launches, pairs }) {
  await step('first start (install and build as needed)', () => hub.start());
  const apps = await step('demo apps', (note) => hub.demoApps(note));
  const memoryBytes = start ? await step('memory at idle', () => memoryAtIdle(hub)) : {};
  /** @type {import('./report.mjs').LaunchTimes[]} */
  const times = [];
  for (const name of launches ? measuredApps : []) {
    const app = apps.find((candidate) => candidate.slug.split('/').at(-1).startsWith(name) || candidate.name.toLowerCase() === name);
    if (!app) throw new Complaint(`no demo app ${name}; there are ${apps.map(({ slug }) => slug).join(', ')}`);
    times.push(await step(`launches of ${app.name}`, (note) => compareLaunches(hub, app, pairs, note)));
  }
  await hub.stop();
  /** @type {number[]} */
  const startSeconds = [];
  for (let again = 0; start && again < secondStarts; again++) {
    startSeconds.push(await step('second start', () => hub.start()));
    await hub.stop();
  }
  return { ...(start ? { start: { startSeconds, memoryBytes } } : {}), ...(launches ? { launches: times } : {}) };
}

/** @param {import('./hub-process.mjs').HubProcess} hub @returns {Promise<Record<string, number>>} bytes of each service: medians */
async function memoryAtIdle(hub) {
  await pause(settleMs);
  const samples = [];
  for (let sample = 0; sample < 5; sample++, await pause(1000)) samples.push(hub.memory());
  return Object.fromEntries(Object.keys(samples[0] ?? {}).map((name) => [name, median(samples.map((bytes) => bytes[name] ?? 0))]));
}
