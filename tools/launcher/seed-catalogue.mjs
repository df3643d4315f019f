import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { connect } from 'nats';
import { corpus, defaultSeed } from '../corpus/corpus.mjs';
import { Complaint, step } from './console.mjs';
import { natsCredentials } from './identity.mjs';
import { root } from './paths.mjs';

/** Some 300 KB: below the megabyte that any NATS server takes. */
const chunkApps = 500;
/** The catalog answers one while the next is already on its way. */
const chunksUnderWay = 2;
const answerWithinMs = 30_000;
export const mostApps = 2_000_000;

/** How many apps to seed. @param {string | undefined} text @throws {Complaint} where that is no such number */
export function appsToSeed(text) {
  const apps = /^\d{1,9}$/.test(text ?? '') ? Number(text) : 0;
  if (apps < 1 || apps > mostApps) throw new Complaint(`--apps takes a whole number from 1 to ${mostApps}, such as npm run seed -- --apps 100000${text === undefined ? '' : `; not ${JSON.stringify(text)}`}`, 2);
  return apps;
}

/**
 * Fills the catalogue of the running hub with the corpus. What is there already is passed over: doing it again, or
 * after it was ended half-way, adds what is missing.
 * @param {{ paths: import('./paths.mjs').HomePaths, hub: import('./run-file.mjs').RunState, apps: number, seed?: number, stopped?: () => boolean }} options
 * `stopped`: what is under way is waited for, nothing more is sent
 * @returns {Promise<{ imported: number, skipped: number, ms: number }>}
 */
export async function seedCatalogue({ paths, hub, apps, seed = defaultSeed, stopped = () => false }) {
  const connection = await connect({ ...natsOptions(paths, hub), name: 'seed', timeout: 5000 }).catch((error) => {
    throw new Complaint(`the hub's nats-server does not answer: ${error.message}`);
  });
  const began = performance.now();
  const counts = { imported: 0, skipped: 0 };
  const done = () => counts.imported + counts.skipped;
  const rate = () => Math.round(done() / ((performance.now() - began) / 1000));
  const entries = corpus({ apps, seed });
  try {
    await step('apps', async (note) => {
      const sendAll = async () => {
        for (let chunk = take(entries, chunkApps); chunk.length > 0 && !stopped(); chunk = take(entries, chunkApps)) {
          const { imported, skipped } = await importApps(connection, chunk);
          counts.imported += imported;
          counts.skipped += skipped;
          note(`${done()} of ${apps}, ${rate()} a second`);
        }
      };
      await Promise.all(Array.from({ length: chunksUnderWay }, sendAll));
    }, { done: () => `${done()} of ${apps} apps: ${counts.imported} added, ${counts.skipped} there already, ${rate()} a second` });
  } finally {
    await connection.close();
  }
  return { ...counts, ms: performance.now() - began };
}

/** @template T @param {Iterator<T>} iterator @param {number} count */
function take(iterator, count) {
  const taken = [];
  for (let next; taken.length < count && !(next = iterator.next()).done; ) taken.push(next.value);
  return taken;
}

/**
 * @param {import('nats').NatsConnection} connection
 * @param {import('../corpus/corpus.mjs').CorpusApp[]} chunk
 * @returns {Promise<{ imported: number, skipped: number }>}
 */
async function importApps(connection, chunk) {
  const apps = chunk.map(({ popularity, createdAt, ...app }) => ({ ...app, launches: popularity, createdAt: new Date(createdAt).toISOString() }));
  const pattern = 'catalog.app.import.v1';
  // The envelope of Nest's NATS transport, which the services speak.
  const answer = await connection.request(pattern, JSON.stringify({ pattern, data: { apps }, id: chunk[0]?.id }), { timeout: answerWithinMs }).catch((error) => {
    throw new Complaint(`the catalog did not take the apps: ${error.code === '503' ? 'it is not there' : error.message}`);
  });
  const { response, err } = /** @type {any} */ (answer.json());
  if (!response?.ok) throw new Complaint(`the catalog did not take the apps: ${JSON.stringify(response?.error ?? err)}`);
  return response.value;
}

/**
 * Where the hub's NATS is: its own one under OSIRIS_HOME, or the one that NATS_URL names.
 * @param {import('./paths.mjs').HomePaths} paths
 * @param {import('./run-file.mjs').RunState} hub
 */
function natsOptions(paths, hub) {
  const portFile = join(paths.nats, 'port');
  if (hub.processes.nats && existsSync(portFile)) {
    const { user, password } = natsCredentials(paths);
    return { servers: `127.0.0.1:${readFileSync(portFile, 'utf8').trim()}`, user, pass: password };
  }
  const url = process.env.NATS_URL;
  if (!url) throw new Complaint("this hub uses a nats-server of others: set NATS_URL as at the hub's start");
  // Built: a hub runs.
  return createRequire(import.meta.url)(join(root, 'libs/service-kit/dist/nats/nats-url.js')).parseNatsUrl(url);
}
