import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { step } from '../../launcher/console.mjs';
import { HubProcess } from '../hub-process.mjs';
import { median, table } from '../report.mjs';
import { makeLoud, makeTiny, makeTypical } from './build-contexts.mjs';
import { measureOutput, outputBytes } from './build-output.mjs';
import { compareBuilds } from './build-times.mjs';
import { measureLogLatency } from './log-latency.mjs';

/** Wanted by the issue that ordered builds; a machine under load is not held to them. */
const wanted = { noCache: 1.1, cached: 1.3, unchangedMs: 100, latencyMs: 250, grewBytes: 50e6 };

/**
 * @typedef {{ times: import('./build-times.mjs').BuildTimes[], latency: Awaited<ReturnType<typeof measureLogLatency>>, output: Record<string, import('./build-output.mjs').OutputResults> }} BuildResults
 */

/**
 * What builds cost beside `docker build`, how soon their output is seen, and what much of it costs.
 * @param {string} folder for what is made; the caller removes it
 * @param {number} pairs @param {(hub: HubProcess) => void} made tells of the hub, for the caller to remove
 * @returns {Promise<BuildResults>}
 */
export async function measureBuilds(folder, pairs, made) {
  const repositories = join(folder, 'repositories');
  const home = join(folder, 'builds-hub');
  for (const path of [repositories, home]) mkdirSync(path);
  const hub = await HubProcess.at(home, { demo: false, env: { GIT_ALLOWED_ROOTS: repositories } });
  made(hub);
  await step('a hub (install and build as needed)', () => hub.start());
  const times = [];
  for (const path of [makeTypical(repositories), makeTiny(repositories)]) times.push(await step('builds', (note) => compareBuilds(hub, path, pairs, note)));
  const latency = await step('from echo to page', () => measureLogLatency({ hub, repositories }));
  const loud = makeLoud(repositories, outputBytes);
  const output = { BuildKit: await step('a build that prints 100 MB, by BuildKit', () => measureOutput(hub, loud)) };
  await hub.stop();
  // BuildKit leaves out what is printed too fast for it.
  hub.env.BUILD_BUILDER = 'classic';
  await step('the same hub with the classic builder', () => hub.start());
  Object.assign(output, { 'classic builder': await step('a build that prints 100 MB, by the classic builder', () => measureOutput(hub, loud)) });
  await hub.stop();
  return { times, latency, output };
}

const range = (/** @type {number[]} */ values) => `${Math.min(...values).toFixed(0)}–${Math.max(...values).toFixed(0)} ms`;

/** @param {BuildResults} results */
export function buildTable({ times, latency, output }) {
  const rows = times.flatMap(({ app, noCache, cached, unchanged }) => [
    ...(/** @type {const} */ ([['no cache', noCache, wanted.noCache], ['cached', cached, wanted.cached]])).flatMap(([way, { hub, docker }, most]) => [
      [`${app}, ${way}: hub`, `${median(hub).toFixed(0)} ms`, '', range(hub)],
      [`${app}, ${way}: docker build`, `${median(docker).toFixed(0)} ms`, '', range(docker)],
      [`${app}, ${way}: ratio`, (median(hub) / median(docker)).toFixed(2), `≤ ${most}`, `${hub.length} pairs`],
    ]),
    [`${app}, unchanged: queued to succeeded`, `${median(unchanged).toFixed(0)} ms`, `≤ ${wanted.unchangedMs} ms`, range(unchanged)],
  ]);
  return table([
    ['measured', 'median', 'wanted', 'detail'],
    ...rows,
    ['RUN’s echo until the browser, p95', `${latency.p95.toFixed(0)} ms`, `≤ ${wanted.latencyMs} ms`, `p50 ${latency.p50.toFixed(0)}, most ${latency.max.toFixed(0)}, ${latency.lines} lines`],
    ...Object.entries(output).flatMap(([builder, { bytes, lines, whole, grewBytes, seconds }]) => [
      [`${(bytes / 1e6).toFixed(0)} MB of output, ${builder}: a service grows by`, `${(Math.max(...Object.values(grewBytes)) / 1e6).toFixed(0)} MB`, `≤ ${wanted.grewBytes / 1e6} MB`, Object.entries(grewBytes).map(([name, grew]) => `${name} ${(grew / 1e6).toFixed(0)}`).join(', ')],
      ['its log', whole ? 'whole' : 'NOT WHOLE', 'whole', `${lines} lines in ${seconds.toFixed(1)} s`],
    ]),
  ]);
}
