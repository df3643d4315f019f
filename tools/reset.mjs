/** `npm run reset [-- --yes]`: removes the hub's state after naming it. */
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { run } from './launcher/commands.mjs';
import { complain, Complaint, say, step, warn } from './launcher/console.mjs';
import { listOfHub, removeOfHub } from './launcher/engine-api.mjs';
import { answeringEngine } from './launcher/engine.mjs';
import { unmountUnder } from './launcher/engine-leftovers.mjs';
import { homePaths } from './launcher/paths.mjs';
import { runningHub } from './launcher/run-file.mjs';
import { asRoot } from './launcher/system-parts.mjs';
import { hubId } from './launcher/identity.mjs';

/** What a home may hold, by name; `keys` and `hub-id` stay: they say who the hub is, not what it knows. */
const kinds = [
  { what: 'database', matches: (/** @type {string} */ name) => /^catalog\.db(-wal|-shm)?$/.test(name) },
  { what: 'streams', matches: (/** @type {string} */ name) => name === 'nats' },
  { what: 'objects', matches: (/** @type {string} */ name) => name === 'objects' },
  { what: 'demo repositories', matches: (/** @type {string} */ name) => name === 'demo' },
  { what: 'logs', matches: (/** @type {string} */ name) => name === 'logs' || name === 'run' },
  { what: "the hub's own engine with its images", matches: (/** @type {string} */ name) => name === 'engine' },
  { what: 'work in progress', matches: (/** @type {string} */ name) => ['work', 'spool', 'tmp', 'ingestion', 'build'].includes(name) },
];

async function reset() {
  const paths = homePaths();
  const running = runningHub(paths);
  if (running) throw new Complaint(`the hub is running (process ${running.launcher.pid}): stop it first`);
  const names = existsSync(paths.home) ? readdirSync(paths.home) : [];
  const found = kinds.flatMap(({ what, matches }) => names.filter(matches).map((name) => ({ what, name })));
  const id = existsSync(paths.hubId) ? hubId(paths) : undefined;
  const engine = id ? await answeringEngine(process.env) : undefined;
  const onEngine = engine && id ? await listOfHub(engine, id) : { containers: [], networks: [], images: [] };
  const named = Object.entries(onEngine).flatMap(([what, items]) => items.map(({ name }) => ({ what, name })));
  if (found.length + named.length === 0) return say(`nothing to remove in ${paths.home}`);

  say(`This removes, in ${paths.home}:`);
  for (const { what, name } of found) say(`  ${name.padEnd(16)} ${what}`);
  if (named.length > 0) say('and on the container engine:');
  for (const { what, name } of named) say(`  ${name}  (${what.replace(/s$/, '')})`);
  if (id && !engine && !names.includes('engine')) warn("no container engine answers: images that this hub built on another engine stay there");
  if (process.env.DATABASE_URL) warn('DATABASE_URL is set: that database is not touched');
  if (process.env.S3_ENDPOINT) warn('S3_ENDPOINT is set: that bucket is not touched');
  if (!process.argv.includes('--yes') && !(await confirmed())) return say('nothing was removed');

  if (engine && id && named.length > 0) await step('containers, networks and images', () => removeOfHub(engine, id, { images: true }));
  await step('files', async () => {
    for (const { name } of found) await remove(join(paths.home, name), name === 'engine');
  });
}

async function confirmed() {
  if (!process.stdin.isTTY) throw new Complaint('nobody to ask: npm run reset -- --yes removes it without asking');
  const asking = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await asking.question('Remove it? (y/N) ');
  asking.close();
  return /^y(es)?$/i.test(answer.trim());
}

/** @param {string} path @param {boolean} byRoot an engine's files belong to root whoever started it */
async function remove(path, byRoot) {
  const before = byRoot && process.getuid?.() !== 0 ? await asRoot() : [];
  if (!before) return warn(`${path} belongs to root: remove it with sudo rm -rf`);
  if (byRoot) await unmountUnder(path, before);
  if (before.length === 0) return rmSync(path, { recursive: true, force: true });
  const [command = '', ...rest] = [...before, 'rm', '-rf', path];
  const result = await run(command, rest);
  if (result.code !== 0) warn(`${path}: ${result.output.trim()}`);
}

try {
  await reset();
} catch (error) {
  process.exitCode = complain(error);
}
