import { Complaint, step } from '../../launcher/console.mjs';
import { until } from '../http-client.mjs';
import { median, table } from '../report.mjs';
import { burst } from './burst.mjs';
import { compareLaunches } from './launch-latency.mjs';
import { killRunner } from './recovery.mjs';

/** One with a server of a few kilobytes and one with Node in it. */
const measuredApps = ['tiles', 'pulse'];
const atOnce = 30;
const runningAtKill = 20;
const wanted = { warmMs: 80, warmRatio: 0.25, coldRatio: 1.15, burstRatio: 2, foundSeconds: 5 };

/**
 * @typedef {Awaited<ReturnType<typeof compareLaunches>>} LaunchTimes
 * @typedef {{ times: LaunchTimes[], burst: Awaited<ReturnType<typeof burst>>, recovery: Awaited<ReturnType<typeof killRunner>> }} LaunchResults
 */

/**
 * What launches cost beside `docker run`: warm and cold, many at once, and with a runner that is killed.
 * @param {import('../hub-process.mjs').HubProcess} hub started
 * @param {any[]} apps the demo apps
 * @param {number} pairs
 * @returns {Promise<LaunchResults>}
 */
export async function measureLaunches(hub, apps, pairs) {
  const appNamed = (/** @type {string} */ name) => {
    const app = apps.find((candidate) => candidate.slug.split('/').at(-1).startsWith(name));
    if (!app) throw new Complaint(`no demo app ${name}; there are ${apps.map(({ slug }) => slug).join(', ')}`);
    return app;
  };
  await step('first looks at the apps', () => seenRunning(hub, apps));
  /** @type {LaunchTimes[]} */
  const times = [];
  for (const name of measuredApps) times.push(await step(`launches of ${name}`, (note) => compareLaunches(hub, appNamed(name), pairs, note)));
  const many = await step(`${atOnce} launches at once`, () => burst(hub, appNamed('tiles'), atOnce));
  const left = many.launchIds.slice(0, runningAtKill);
  for (const id of many.launchIds.slice(runningAtKill)) await hub.json(`/launches/${id}`, { method: 'DELETE' });
  await until(async () => ((await hub.json('/launches?status=stopping')).items.length === 0 ? true : undefined), { what: 'the others to be gone', limitMs: 60_000 });
  const recovery = await step(`the runner killed with ${left.length} running`, () => killRunner(hub, left));
  for (const id of left) await hub.json(`/launches/${id}`, { method: 'DELETE' });
  return { times, burst: many, recovery };
}

/** What is looked at for the first time starts containers and a browser, which would be on the launches' account. */
export function seenRunning(/** @type {import('../hub-process.mjs').HubProcess} */ hub, /** @type {any[]} */ apps) {
  const all = async () => (await Promise.all(apps.map(({ id }) => hub.json(`/apps/${id}`)))).every(({ verification }) => verification?.status === 'passed') || undefined;
  return until(all, { what: 'all apps to be seen running', limitMs: 5 * 60_000, everyMs: 1000 });
}

const range = (/** @type {number[]} */ values) => `${Math.min(...values).toFixed(0)}–${Math.max(...values).toFixed(0)}`;

/** @param {LaunchResults} results */
export function launchTable({ times, burst: many, recovery }) {
  const rows = times.flatMap(({ app, warm, cold, docker }) => [
    [`${app}: docker run until 200`, `${median(docker).toFixed(0)} ms`, '', range(docker)],
    [`${app}: warm launch until 200`, `${median(warm).toFixed(0)} ms`, `≤ ${wanted.warmMs} ms`, range(warm)],
    [`${app}: warm beside docker run`, (median(warm) / median(docker)).toFixed(2), `≤ ${wanted.warmRatio}`, `${warm.length} of each`],
    [`${app}: cold launch until 200`, `${median(cold).toFixed(0)} ms`, '', range(cold)],
    [`${app}: cold beside docker run`, (median(cold) / median(docker)).toFixed(2), `≤ ${wanted.coldRatio}`, `${cold.length} of each`],
  ]);
  return table([
    ['measured', 'median', 'wanted', 'detail'],
    ...rows,
    [`${many.count} launches at once, the last ready`, `${(many.lastMs / 1000).toFixed(1)} s`, '', `${many.failed} failed`],
    [`beside ${many.count} docker runs in a row`, (many.lastMs / many.dockerMs).toFixed(2), `≤ ${wanted.burstRatio}`, `${(many.dockerMs / 1000).toFixed(1)} s`],
    [`runner killed: all ${recovery.count} found again`, `${(recovery.foundMs / 1000).toFixed(1)} s`, `≤ ${wanted.foundSeconds} s`, `${recovery.refused} of ${recovery.asked} requests to them not answered`],
  ]);
}
