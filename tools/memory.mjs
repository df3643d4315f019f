/** `npm run memory`: resident memory of each service of the running hub, and of all of them together. */
import { complain, Complaint } from './launcher/console.mjs';
import { isSame, residentBytes } from './launcher/liveness.mjs';
import { homePaths } from './launcher/paths.mjs';
import { runningHub } from './launcher/run-file.mjs';
import { services } from './launcher/services.mjs';

const mib = (/** @type {number} */ bytes) => `${(bytes / 1024 / 1024).toFixed(0)} MiB`.padStart(9);

try {
  const paths = homePaths();
  const hub = runningHub(paths);
  if (!hub) throw new Complaint(`no hub is running on ${paths.home}`);
  let total = 0;
  for (const { name } of services) {
    const mark = hub.processes[name];
    const bytes = mark && isSame(mark) ? residentBytes(mark.pid) : null;
    total += bytes ?? 0;
    console.log(`${name.padEnd(10)}${bytes === null ? 'not running'.padStart(9) : mib(bytes)}`);
  }
  console.log(`${'services'.padEnd(10)}${mib(total)}`);
  const beside = Object.entries(hub.processes).filter(([name, mark]) => !services.some((service) => service.name === name) && isSame(mark));
  for (const [name, { pid }] of [...beside, /** @type {const} */ (['launcher', hub.launcher])]) console.log(`${`(${name})`.padEnd(12)}${mib(residentBytes(pid) ?? 0).trimStart().padStart(7)}`);
} catch (error) {
  process.exitCode = complain(error);
}
