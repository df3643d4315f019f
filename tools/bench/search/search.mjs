import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from '../../launcher/build.mjs';
import { run, tail } from '../../launcher/commands.mjs';
import { step } from '../../launcher/console.mjs';
import { HubProcess } from '../hub-process.mjs';
import { measureHub } from './hub-search.mjs';
import { medianOf } from './measure.mjs';
import { questionsOf } from './questions.mjs';

/** The first is this hub's own: the others are compared with it. */
export const peers = /** @type {const} */ (['index-in-process', 'sqlite-fts5', 'postgres', 'sqlite-like']);
/** From this number on, this index alone is measured, and that without a hub. */
const alone = 500_000;

/**
 * @typedef {import('./peer-process.mjs').PeerResult} PeerResult
 * @typedef {Awaited<ReturnType<typeof measureHub>>} HubResult
 * @typedef {{ apps: number, queries: number, misspellings: number, peers: Record<string, PeerResult & { median: import('./measure.mjs').Percentiles }>, hub: HubResult | null }} SizeResult
 */

/**
 * Search, side by side: the same corpus and the same queries for each.
 * @param {number[]} sizes apps
 * @param {string} folder for what is made; the caller removes it
 * @param {(hub: HubProcess) => void} started told of each hub, so that the caller can end it
 * @returns {Promise<SizeResult[]>}
 */
export async function measureSearch(sizes, folder, started) {
  await step('build', () => build());
  // PostgreSQL runs as another user where this is root's, and must be able to enter.
  chmodSync(folder, 0o711);
  /** @type {SizeResult[]} */
  const results = [];
  for (const apps of sizes) {
    const questions = await step(`questions about ${apps} apps`, () => questionsOf(apps));
    const file = join(folder, `questions-${apps}.json`);
    writeFileSync(file, JSON.stringify(questions));
    /** @type {SizeResult['peers']} */
    const measured = {};
    for (const peer of apps < alone ? peers : peers.slice(0, 1)) {
      const result = await step(`${peer}, ${apps} apps`, () => measurePeer(peer, apps, file, folder));
      measured[peer] = { ...result, median: medianOf(result.runs) };
    }
    const hub = apps < alone ? await step(`hub with ${apps} apps`, (note) => measureOneHub(apps, questions, folder, started, note)) : null;
    results.push({ apps, queries: questions.queries.length, misspellings: questions.misspellings.length, peers: measured, hub });
  }
  return results;
}

/** @param {string} peer @param {number} apps @param {string} questions @param {string} folder @returns {Promise<PeerResult>} */
async function measurePeer(peer, apps, questions, folder) {
  const results = join(folder, `${peer}-${apps}.json`);
  const script = fileURLToPath(new URL('peer-process.mjs', import.meta.url));
  const { code, output } = await run(process.execPath, ['--expose-gc', '--max-old-space-size=8192', script, peer, String(apps), questions, results], { env: { ...process.env, TMPDIR: folder } });
  if (code !== 0) throw new Error(`${peer}: ${tail(output)}`);
  return JSON.parse(readFileSync(results, 'utf8'));
}

/** @param {number} apps @param {import('./questions.mjs').Questions} questions @param {string} folder @param {(hub: HubProcess) => void} started @param {(note: string) => void} note */
async function measureOneHub(apps, questions, folder, started, note) {
  const home = join(folder, `hub-${apps}`);
  mkdirSync(home);
  const hub = await HubProcess.at(home, { demo: false });
  started(hub);
  try {
    return await measureHub(hub, apps, questions, note);
  } finally {
    await hub.remove();
  }
}
