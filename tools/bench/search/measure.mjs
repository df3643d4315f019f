import { median } from '../report.mjs';

/** @typedef {{ p50: number, p95: number, p99: number, max: number }} Percentiles milliseconds */

/** @param {number[]} times @returns {Percentiles} */
export function percentiles(times) {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (/** @type {number} */ share) => sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? NaN;
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) };
}

/** Of each percentile the median over the runs. @param {Percentiles[]} runs @returns {Percentiles} */
export function medianOf(runs) {
  const of = (/** @type {keyof Percentiles} */ name) => median(runs.map((run) => run[name]));
  return { p50: of('p50'), p95: of('p95'), p99: of('p99'), max: of('max') };
}

/**
 * @param {string[]} texts
 * @param {(text: string) => unknown} work
 * @returns {Promise<number[]>} milliseconds of each
 */
export async function timeEach(texts, work) {
  const times = [];
  for (const text of texts) {
    const began = performance.now();
    await work(text);
    times.push(performance.now() - began);
  }
  return times;
}
