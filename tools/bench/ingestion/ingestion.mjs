import { build } from '../../launcher/build.mjs';
import { step } from '../../launcher/console.mjs';
import { median, table } from '../report.mjs';
import { measureFetching } from './fetching.mjs';
import { measureRecheck, measureTiny } from './tiny-repositories.mjs';

const runs = 3;
/** Wanted by the issue that ordered ingestion; a machine under load is not held to them. */
const wanted = { byteRatio: 1 / 10, timeRatio: 1 / 3, perSecond: 40, recheckMs: 50, recheckProcesses: 1 };

/** @typedef {{ fetching: import('./fetching.mjs').FetchResults, tiny: Awaited<ReturnType<typeof measureTiny>>, recheck: Awaited<ReturnType<typeof measureRecheck>> }} IngestionResults */

/**
 * What ingestion fetches and how long that takes.
 * @param {string} folder for what is made; the caller removes it
 * @returns {Promise<IngestionResults>}
 */
export async function measureIngestion(folder) {
  await step('build', () => build());
  const recheck = await step('an unchanged repository', () => measureRecheck(folder, runs));
  const tiny = await step('tiny repositories', (note) => measureTiny(folder, runs, note));
  const fetching = await step('a large repository', (note) => measureFetching(folder, runs, note));
  return { fetching, tiny, recheck };
}

const megabytes = (/** @type {number} */ bytes) => `${(bytes / 1e6).toFixed(bytes < 10e6 ? 2 : 0)} MB`;
const all = (/** @type {number[]} */ values, digits = 1) => values.map((value) => value.toFixed(digits)).join(', ');

/** @param {IngestionResults} results */
export function ingestionTable({ fetching: { ours, clone, packBytes, treeBytes }, tiny, recheck }) {
  const of = (/** @type {{ bytes: number, seconds: number }[]} */ side, /** @type {'bytes' | 'seconds'} */ what) => side.map((run) => run[what]);
  const ratios = (/** @type {'bytes' | 'seconds'} */ what) => ours.map((run, index) => run[what] / (clone[index]?.[what] ?? NaN));
  const part = (/** @type {number} */ ratio) => `1/${(1 / ratio).toFixed(ratio > 0.1 ? 1 : 0)}`;
  return table([
    ['measured', 'median', 'wanted', 'detail'],
    [`fetched: ingestion`, `${megabytes(median(of(ours, 'bytes')))}, ${median(of(ours, 'seconds')).toFixed(2)} s`, '', `${all(of(ours, 'seconds'), 2)} s`],
    [`fetched: git clone --depth 1`, `${megabytes(median(of(clone, 'bytes')))}, ${median(of(clone, 'seconds')).toFixed(2)} s`, '', `${all(of(clone, 'seconds'), 2)} s; history ${megabytes(packBytes)}, tree ${megabytes(treeBytes)}`],
    ['bytes, ratio', part(median(ratios('bytes'))), `≤ ${part(wanted.byteRatio)}`, ratios('bytes').map(part).join(', ')],
    ['time, ratio', part(median(ratios('seconds'))), `≤ ${part(wanted.timeRatio)}`, ratios('seconds').map(part).join(', ')],
    ['tiny repositories, jobs a second', median(tiny.perSecond).toFixed(0), `≥ ${wanted.perSecond}`, `${all(tiny.perSecond)}; ${tiny.jobs} jobs each`],
    ['unchanged repository re-checked', `${median(recheck.medianMs).toFixed(1)} ms`, `≤ ${wanted.recheckMs} ms`, `${all(recheck.medianMs)}; of ${recheck.checks} each`],
    ['git processes for that', String(recheck.processes), `≤ ${wanted.recheckProcesses}`, ''],
  ]);
}
