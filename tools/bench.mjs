/**
 * `npm run bench [-- [start] [launches] [search] [ingestion] [tags] [builds] [artifacts] [proxy]]`: measures what docs/performance.md tells, on hubs of its own with
 * their defaults. `start`: how long a second start takes and what the services hold in memory at idle. `launches`: what
 * a launch costs beside `docker run`. `search`: searches of 10,000 and 100,000 apps beside other ways to search them;
 * `--apps 5000,50000` names other sizes, `--million` asks the index alone about a million.
 * `ingestion`: what ingestion fetches and how long it takes, beside `git clone --depth 1`. `tags`: the tags it gives
 * labelled repositories, their precision and recall.
 * `builds`: what builds cost beside `docker build`, how soon and how cheaply their output is passed on. `artifacts`: what passes
 * through the artifact service beside the minio client alone. `proxy`: what the preview proxy costs beside a bare one.
 * Numbers of one machine at one hour: it judges nothing and always ends with 0 unless something does not work.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, release, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { artifactTable, measureArtifacts } from './bench/artifacts/throughput.mjs';
import { benchArguments } from './bench/bench-arguments.mjs';
import { buildTable, measureBuilds } from './bench/builds/builds.mjs';
import { HubProcess } from './bench/hub-process.mjs';
import { ingestionTable, measureIngestion } from './bench/ingestion/ingestion.mjs';
import { measureProxy, proxyTable } from './bench/proxy/proxy.mjs';
import { launchTable } from './bench/launches/launches.mjs';
import { machineLine, startTable } from './bench/report.mjs';
import { measureSearch } from './bench/search/search.mjs';
import { searchTables } from './bench/search/search-table.mjs';
import { measureStartAndLaunches } from './bench/start-and-launches.mjs';
import { measureTags } from './bench/tags/tags.mjs';
import { tagsTable } from './bench/tags/tags-table.mjs';
import { endCommands, which } from './launcher/commands.mjs';
import { complain, Complaint, say, step } from './launcher/console.mjs';
import { checkNode } from './launcher/node-version.mjs';
import { root } from './launcher/paths.mjs';

checkNode();
const folder = mkdtempSync(join(tmpdir(), 'osiris-bench-'));
/** @type {HubProcess[]} */
const hubs = [];
let ending = false;
const end = async (/** @type {number} */ code) => {
  if (ending) return;
  ending = true;
  endCommands();
  if (hubs.length > 0) await step('remove what was made', () => Promise.all(hubs.map((hub) => hub.remove())));
  rmSync(folder, { recursive: true, force: true });
  process.exit(code);
};
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.once(signal, () => void end(130));

/** @param {import('./bench/bench-arguments.mjs').BenchArguments} wanted */
async function measure({ sizes, pairs, ...wanted }) {
  const loadBefore = loadavg()[0] ?? 0;
  const results = {};
  if (wanted.start || wanted.launches) {
    if (wanted.launches && !which('docker')) throw new Complaint('there is no docker command to compare with');
    const home = join(folder, 'hub');
    mkdirSync(home);
    const hub = await HubProcess.at(home);
    hubs.push(hub);
    Object.assign(results, await measureStartAndLaunches(hub, { start: wanted.start, launches: wanted.launches, pairs }));
  }
  const search = wanted.search ? await measureSearch(sizes, folder, (hub) => hubs.push(hub)) : undefined;
  const ingestion = wanted.ingestion ? await measureIngestion(folder) : undefined;
  const tags = wanted.tags ? await measureTags() : undefined;
  if (wanted.builds && !which('docker')) throw new Complaint('there is no docker command to compare with');
  const builds = wanted.builds ? await measureBuilds(folder, Math.min(pairs, 5), (hub) => hubs.push(hub)) : undefined;
  const artifacts = wanted.artifacts ? await measureArtifacts(folder) : undefined;
  const proxy = wanted.proxy ? await measureProxy(folder, (hub) => hubs.push(hub)) : undefined;
  const machine = { cpus: cpus().length, memoryBytes: totalmem(), kernel: release(), node: process.version, loadBefore, loadAfter: loadavg()[0] ?? 0 };
  return { at: new Date().toISOString(), machine, .../** @type {Awaited<ReturnType<typeof measureStartAndLaunches>>} */ (results), ...(search ? { search } : {}), ...(ingestion ? { ingestion } : {}), ...(tags ? { tags } : {}), ...(builds ? { builds } : {}), ...(artifacts ? { artifacts } : {}), ...(proxy ? { proxy } : {}) };
}

try {
  const results = await measure(benchArguments(process.argv.slice(2)));
  const file = process.env.OSIRIS_BENCH_OUT || join(root, 'bench-results.json');
  writeFileSync(file, `${JSON.stringify(results, null, 2)}\n`);
  const tables = [results.start && startTable(results.start), results.launches && launchTable(results.launches), results.search && searchTables(results.search), results.ingestion && ingestionTable(results.ingestion), results.tags && tagsTable(results.tags), results.builds && buildTable(results.builds), results.artifacts && artifactTable(results.artifacts), results.proxy && proxyTable(results.proxy), machineLine(results.machine)];
  say(`\n${tables.filter(Boolean).join('\n\n')}\n\nwritten to ${file}`);
  await end(0);
} catch (error) {
  const code = complain(error);
  await end(code);
}
