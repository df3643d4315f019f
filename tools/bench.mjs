/**
 * `npm run bench [-- --pairs 11]`: measures what docs/performance.md tells, on a hub of its own with its defaults: how
 * long a second start takes, what the services hold in memory at idle, and what a launch costs beside `docker run`.
 * Numbers of one machine at one hour: it judges nothing and always ends with 0 unless something does not work.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, release, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { HubProcess } from './bench/hub-process.mjs';
import { compareLaunches } from './bench/launch-latency.mjs';
import { median, tableOf } from './bench/report.mjs';
import { endCommands, which } from './launcher/commands.mjs';
import { complain, Complaint, say, step } from './launcher/console.mjs';
import { checkNode } from './launcher/node-version.mjs';
import { root } from './launcher/paths.mjs';

/** One with a server of a few kilobytes and one with Node in it. */
const measuredApps = ['tiles', 'pulse'];
const secondStarts = 3;
/** After the last build: heaps shrink, connections of the builds close. */
const settleMs = 30_000;

function pairs() {
  const value = Number(process.argv[process.argv.indexOf('--pairs') + 1]);
  return process.argv.includes('--pairs') && Number.isInteger(value) && value > 0 ? value : 11;
}

/** @param {HubProcess} hub */
async function measure(hub) {
  const loadBefore = loadavg()[0] ?? 0;
  await step('first start (install and build as needed)', () => hub.start());
  const apps = await step('demo apps', (note) => hub.demoApps(note));
  const memory = await step('memory at idle', async () => {
    await pause(settleMs);
    const samples = [];
    for (let sample = 0; sample < 5; sample++, await pause(1000)) samples.push(hub.memory());
    return Object.fromEntries(Object.keys(samples[0] ?? {}).map((name) => [name, median(samples.map((bytes) => bytes[name] ?? 0))]));
  });
  const launches = [];
  for (const name of measuredApps) {
    const app = apps.find((candidate) => candidate.slug.split('/').at(-1).startsWith(name) || candidate.name.toLowerCase() === name);
    if (!app) throw new Complaint(`no demo app ${name}; there are ${apps.map(({ slug }) => slug).join(', ')}`);
    launches.push(await step(`launches of ${app.name}`, (note) => compareLaunches(hub, app, pairs(), note)));
  }
  await hub.stop();
  const startSeconds = [];
  for (let start = 0; start < secondStarts; start++) {
    startSeconds.push(await step('second start', () => hub.start()));
    await hub.stop();
  }
  const machine = { cpus: cpus().length, memoryBytes: totalmem(), kernel: release(), node: process.version, loadBefore };
  return { at: new Date().toISOString(), machine, startSeconds, memoryBytes: memory, launches };
}

checkNode();
const home = mkdtempSync(join(tmpdir(), 'osiris-bench-'));
const hub = await HubProcess.at(home);
let ending = false;
const end = async (/** @type {number} */ code) => {
  if (ending) return;
  ending = true;
  endCommands();
  await step('remove what was made', () => hub.remove());
  rmSync(home, { recursive: true, force: true });
  process.exit(code);
};
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.once(signal, () => void end(130));
try {
  if (!which('docker')) throw new Complaint('there is no docker command to compare with');
  const results = await measure(hub);
  const file = process.env.OSIRIS_BENCH_OUT || join(root, 'bench-results.json');
  writeFileSync(file, `${JSON.stringify(results, null, 2)}\n`);
  say(`\n${tableOf(results)}\n\nwritten to ${file}`);
  await end(0);
} catch (error) {
  const code = complain(error);
  await end(code);
}
