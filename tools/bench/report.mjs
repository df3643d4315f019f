/** @param {number[]} values */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? (sorted[middle] ?? NaN) : ((sorted[middle - 1] ?? NaN) + (sorted[middle] ?? NaN)) / 2;
}

/** Wanted by the issue that ordered the hub; a machine under load is not held to them. */
const wanted = { startSeconds: 15, memoryBytes: 700e6 };

/**
 * @typedef {{ startSeconds: number[], memoryBytes: Record<string, number> }} StartResults
 * @typedef {{ cpus: number, memoryBytes: number, kernel: string, node: string, loadBefore: number, loadAfter: number }} Machine
 */

const heads = ['measured', 'median', 'wanted', 'detail'];
const megabytes = (/** @type {number} */ bytes) => `${(bytes / 1e6).toFixed(0)} MB`;

/** A Markdown table, which is also read well in a terminal. @param {string[][]} rows the first is its head */
export function table(rows) {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(3, ...rows.map((row) => (row[column] ?? '').length)));
  const line = (/** @type {string[]} */ cells) => `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const [head = [], ...body] = rows;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...body.map(line)].join('\n');
}

/** @param {StartResults} results */
export function startTable({ startSeconds, memoryBytes }) {
  const total = Object.values(memoryBytes).reduce((sum, bytes) => sum + bytes, 0);
  return table([
    heads,
    ['second start until ready', `${median(startSeconds).toFixed(1)} s`, `≤ ${wanted.startSeconds} s`, startSeconds.map((value) => value.toFixed(1)).join(', ')],
    ['services at idle, resident', megabytes(total), `≤ ${megabytes(wanted.memoryBytes)}`, Object.entries(memoryBytes).map(([name, bytes]) => `${name} ${(bytes / 1e6).toFixed(0)}`).join(', ')],
  ]);
}

/** @param {Machine} machine */
export function machineLine(machine) {
  return `${machine.cpus} processors, ${(machine.memoryBytes / 1e9).toFixed(0)} GB, Linux ${machine.kernel}, Node ${machine.node}, load ${machine.loadBefore.toFixed(1)} when it began, ${machine.loadAfter.toFixed(1)} when it ended`;
}
