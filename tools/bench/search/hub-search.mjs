import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { runningHub } from '../../launcher/run-file.mjs';
import { seedCatalogue } from '../../launcher/seed-catalogue.mjs';
import { services } from '../../launcher/services.mjs';
import { ask, until } from '../http-client.mjs';
import { median } from '../report.mjs';
import { closedLoop } from '../http-load.mjs';
import { measureKeystrokes } from './keystrokes.mjs';
import { medianOf, percentiles } from './measure.mjs';

const runs = 3;
const manyClients = 20;
const manyRequests = 5000;
const visibilityTries = 15;
/** After starting: first garbage is collected, nothing waits. */
const settleMs = 10_000;
/** Of Linux: clock ticks a second in /proc. */
const ticks = 100;

const catalogOffset = services.find(({ name }) => name === 'catalog')?.portOffset ?? 0;

/**
 * The catalogue at size, in a hub as people run it: seeded, started again, and asked through its gateway.
 * @param {import('../hub-process.mjs').HubProcess} hub not started
 * @param {number} apps
 * @param {import('./questions.mjs').Questions} questions
 * @param {(note: string) => void} note
 */
export async function measureHub(hub, apps, { queries, misspellings }, note) {
  note('first start');
  await hub.start();
  note('seeding');
  const running = runningHub(hub.paths);
  if (!running) throw new Error('the hub is gone');
  const seeding = await seedCatalogue({ paths: hub.paths, hub: running, apps });
  await hub.stop();

  const readySeconds = [];
  for (let start = 0; start < runs; start++) {
    note(`start ${start + 1} with ${apps} apps`);
    if (start > 0) await hub.stop();
    const ready = catalogReadySeconds(hub);
    await hub.start();
    readySeconds.push(await ready);
  }
  await pause(settleMs);
  const catalogBytes = [hub.memory().catalog ?? 0];

  const paths = queries.map(({ text }) => `/apps?limit=20&q=${encodeURIComponent(text)}`);
  await closedLoop(hub.port, paths, { clients: 4, requests: 400 });
  /** @type {Record<'one' | 'many', { percentiles: import('./measure.mjs').Percentiles, perSecond: number }[]>} */
  const gateway = { one: [], many: [] };
  for (let run = 0; run < runs; run++) {
    note(`gateway, run ${run + 1}`);
    for (const [name, load] of /** @type {const} */ ([['one', { clients: 1, requests: paths.length }], ['many', { clients: manyClients, requests: manyRequests }]])) {
      const { times, perSecond } = await closedLoop(hub.port, paths, load);
      gateway[name].push({ percentiles: percentiles(times), perSecond });
    }
    catalogBytes.push(hub.memory().catalog ?? 0);
  }
  note('typos through the gateway');
  let hits = 0;
  for (const { text, id } of misspellings) {
    const { items } = await hub.json(`/apps?limit=20&q=${encodeURIComponent(text)}`);
    if (items.some((/** @type {{ id: string }} */ item) => item.id === id)) hits++;
  }
  note('changes');
  const visibleMs = await visibility(hub, paths);
  const keystrokes = await measureKeystrokes(hub.port, note);
  const summary = (/** @type {'one' | 'many'} */ name) => ({ ...medianOf(gateway[name].map((run) => run.percentiles)), perSecond: median(gateway[name].map(({ perSecond }) => perSecond)) });
  return {
    seeding,
    readySeconds,
    catalogBytes: { settled: catalogBytes[0], afterLoad: catalogBytes[catalogBytes.length - 1] },
    gateway: { one: summary('one'), many: summary('many'), runs: gateway },
    hitAt20: misspellings.length > 0 ? hits / misspellings.length : null,
    visibleMs,
    keystrokes,
  };
}

/** From the start of the catalog's process until it says that it is ready. @param {import('../hub-process.mjs').HubProcess} hub */
async function catalogReadySeconds(hub) {
  const before = runningHub(hub.paths)?.processes.catalog?.pid;
  const pid = await until(
    async () => {
      const now = runningHub(hub.paths)?.processes.catalog?.pid;
      return now !== undefined && now !== before ? now : undefined;
    },
    { what: 'the catalog to start', limitMs: 120_000 },
  );
  await until(async () => ((await ask(hub.port + catalogOffset, '/readyz', { keepAlive: false }).catch(() => undefined))?.status === 200 ? true : undefined), { what: 'the catalog to be ready', limitMs: 120_000, everyMs: 20 });
  const uptime = Number(readFileSync('/proc/uptime', 'utf8').split(' ')[0]);
  // Field 22 of /proc/<pid>/stat, counted after the name in brackets, which may hold blanks.
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return uptime - Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]) / ticks;
}

/**
 * Milliseconds until a search finds an app by a name that it has just been given: from the answer to the change, and
 * from when the change was sent.
 * @param {import('../hub-process.mjs').HubProcess} hub
 * @param {string[]} paths
 */
async function visibility(hub, paths) {
  const { items } = await hub.json(paths.find((path) => path.includes('react')) ?? '/apps?limit=20&q=');
  const sinceAnswer = [];
  const sinceSent = [];
  for (let change = 0; change < visibilityTries; change++) {
    const { id } = items[change % items.length];
    const name = `Zqxv${'bcdfghjklmnpqrstw'[change]}yk`;
    const sent = performance.now();
    await hub.json(`/apps/${id}`, { method: 'PATCH', body: { name } });
    const answered = performance.now();
    const found = async () => ((await hub.json(`/apps?limit=20&q=${name}`)).items.some((/** @type {{ id: string }} */ item) => item.id === id) ? true : undefined);
    await until(found, { what: `${name} to be found`, limitMs: 10_000, everyMs: 1 });
    sinceAnswer.push(performance.now() - answered);
    sinceSent.push(performance.now() - sent);
  }
  return { sinceAnswer: percentiles(sinceAnswer), sinceSent: percentiles(sinceSent) };
}
