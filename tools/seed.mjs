/**
 * `npm run seed`: registers the demo apps in the running hub. `npm run seed -- --apps 100000 [--seed n]` fills its
 * catalogue with made-up apps, for trying it at size: always the same ones, which nothing can be launched of.
 */
import { parseArgs } from 'node:util';
import { complain, Complaint, say, seconds } from './launcher/console.mjs';
import { homePaths } from './launcher/paths.mjs';
import { runningHub } from './launcher/run-file.mjs';
import { appsToSeed, seedCatalogue } from './launcher/seed-catalogue.mjs';
import { seedDemos, writerToken } from './launcher/seed-demos.mjs';

function readArguments() {
  try {
    const { values } = parseArgs({ options: { apps: { type: 'string' }, seed: { type: 'string' } } });
    if (values.seed !== undefined && !/^\d{1,9}$/.test(values.seed)) throw new Complaint(`--seed takes a whole number, not ${JSON.stringify(values.seed)}`, 2);
    return { apps: values.apps === undefined ? undefined : appsToSeed(values.apps), seed: values.seed === undefined ? undefined : Number(values.seed) };
  } catch (error) {
    throw error instanceof Complaint ? error : new Complaint(`${/** @type {Error} */ (error).message}. Usage: npm run seed [-- --apps 100000]`, 2);
  }
}

/** @param {number} apps @param {number | undefined} seed @param {import('./launcher/run-file.mjs').RunState} hub @param {import('./launcher/paths.mjs').HomePaths} paths */
async function fill(apps, seed, hub, paths) {
  let signals = 0;
  // Each chunk is stored as a whole: ending between two leaves nothing half done.
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(signal, () => (++signals > 2 ? process.exit(130) : undefined));
  const { imported, skipped, ms } = await seedCatalogue({ paths, hub, apps, seed, stopped: () => signals > 0 });
  const all = imported + skipped === apps;
  say(all ? `${apps} apps are in the catalogue after ${seconds(ms)}` : `ended after ${imported + skipped} of ${apps}; the same command again goes on`);
  return all ? 0 : 130;
}

try {
  const { apps, seed } = readArguments();
  const paths = homePaths();
  const hub = runningHub(paths);
  if (hub?.state !== 'ready') throw new Complaint(`no hub is running on ${paths.home}: npm start first (or set OSIRIS_HOME to the hub's)`);
  if (apps !== undefined) {
    process.exitCode = await fill(apps, seed, hub, paths);
  } else {
    const all = await seedDemos({ url: hub.url.replace('//localhost:', '//127.0.0.1:'), demoFolder: paths.demo, token: writerToken(process.env) });
    process.exitCode = all ? 0 : 1;
  }
} catch (error) {
  process.exitCode = complain(error);
}
