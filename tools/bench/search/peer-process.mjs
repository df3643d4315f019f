/**
 * `node --expose-gc peer-process.mjs <peer> <apps> <file of questions> <file for results>`: one peer in a process of its
 * own, so that none pays for the memory of another.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { corpus } from '../../corpus/corpus.mjs';
import { percentiles, timeEach } from './measure.mjs';

/**
 * @typedef {object} PeerResult
 * @property {number} every 1: all queries and misspellings were asked; 3: every third one, as it is slow
 * @property {number} buildMs
 * @property {number} residentBytes by how much this process grew
 * @property {number} bytes of the index: in memory or on disk
 * @property {import('./measure.mjs').Percentiles[]} runs
 * @property {import('./measure.mjs').Percentiles} least of each query its quickest run: what it costs where nothing interrupts
 * @property {number | null} hitAt20 share of the misspellings whose app is among the first 20
 * @property {{ kind: string, text: string, ms: number }[]} slowest
 */

const runs = 3;
const warmUp = 200;
/** A peer that would take longer for a run is asked every second query, or third… */
const longestRunMs = 45_000;

const [, , name = '', apps = '', file = '', resultFile = ''] = process.argv;
/** @type {import('./questions.mjs').Questions} */
const { queries, misspellings } = JSON.parse(readFileSync(file, 'utf8'));
/** @type {{ open: import('./peers/peer.mjs').OpenPeer }} */
const { open } = await import(`./peers/${name}.mjs`);

/** What building left behind is given back to the system some seconds after it was collected. */
const settleMs = 5000;

const resident = async () => {
  globalThis.gc?.();
  await pause(settleMs);
  globalThis.gc?.();
  return process.memoryUsage().rss;
};

const folder = mkdtempSync(join(tmpdir(), 'osiris-bench-peer-'));
try {
  const residentBefore = await resident();
  const began = performance.now();
  const peer = await open(corpus({ apps: Number(apps) }), folder);
  const buildMs = performance.now() - began;
  const residentBytes = (await resident()) - residentBefore;
  try {
    const texts = queries.map(({ text }) => text);
    const warm = texts.filter((_, at) => at % Math.ceil(texts.length / warmUp) === 0);
    const warmTimes = await timeEach(warm, (text) => peer.search(text));
    const perQuery = warmTimes.reduce((sum, ms) => sum + ms, 0) / warm.length;
    const every = Math.ceil((perQuery * texts.length) / longestRunMs);
    const asked = queries.filter((_, at) => at % every === 0);
    const measured = [];
    for (let run = 0; run < runs; run++) measured.push(await timeEach(asked.map(({ text }) => text), (text) => peer.search(text)));
    const misspelled = misspellings.filter((_, at) => at % every === 0);
    let hits = 0;
    for (const { text, id } of misspelled) if ((await peer.search(text)).ids.includes(id)) hits++;
    const least = asked.map((query, at) => ({ ...query, ms: Math.min(...measured.map((times) => times[at] ?? 0)) })).sort((a, b) => b.ms - a.ms);
    /** @type {PeerResult} */
    const result = { every, buildMs, residentBytes, bytes: peer.bytes(), runs: measured.map(percentiles), least: percentiles(least.map(({ ms }) => ms)), hitAt20: misspelled.length > 0 ? hits / misspelled.length : null, slowest: least.slice(0, 20) };
    writeFileSync(resultFile, JSON.stringify(result));
  } finally {
    await peer.close();
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
