/** `npm run seed`: registers the demo apps in the running hub. */
import { complain, Complaint } from './launcher/console.mjs';
import { homePaths } from './launcher/paths.mjs';
import { runningHub } from './launcher/run-file.mjs';
import { seedDemos, writerToken } from './launcher/seed-demos.mjs';

try {
  if (process.argv.some((argument) => argument.startsWith('--apps'))) {
    throw new Complaint('a large catalogue (--apps) comes with the search engine and is not there yet; npm run seed alone registers the demo apps', 2);
  }
  const paths = homePaths();
  const hub = runningHub(paths);
  if (hub?.state !== 'ready') throw new Complaint(`no hub is running on ${paths.home}: npm start first (or set OSIRIS_HOME to the hub's)`);
  const all = await seedDemos({ url: hub.url.replace('//localhost:', '//127.0.0.1:'), demoFolder: paths.demo, token: writerToken(process.env) });
  process.exitCode = all ? 0 : 1;
} catch (error) {
  process.exitCode = complain(error);
}
