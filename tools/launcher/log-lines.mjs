import { dim, red, yellow } from './console.mjs';

/** pino's levels; a service may write the number or the name. @type {Record<string, number>} */
const levels = { trace: 10, debug: 20, info: 30, warn: 40, error: 50, fatal: 60 };
const warning = 40;
const failure = 50;

/**
 * One line of a service in short form for the terminal.
 * @param {string} service
 * @param {string} line as the service printed it: a pino record, or plain text such as a crash's stack
 * @param {{ verbose: boolean, fromStderr: boolean }} options
 * @returns {string | undefined} undefined where it need not be shown
 */
export function shortLine(service, line, options) {
  const name = service.padEnd(9);
  const record = parse(line);
  if (!record) return line.trim() && (options.fromStderr || options.verbose) ? `${dim(name)} ${line}` : undefined;
  const level = levels[String(record.level)] ?? Number(record.level ?? levels.info);
  if (level < warning && !options.verbose) return undefined;
  const time = timeOf(record.time).toISOString().slice(11, 19);
  const label = level >= failure ? red('error') : level >= warning ? yellow('warn') : dim('info');
  const error = /** @type {{ message?: string, code?: string } | undefined} */ (record.err);
  const parts = [record.msg, error?.message && error.message !== record.msg ? error.message : undefined, error?.code && `(${error.code})`].filter(Boolean);
  return `${dim(time)} ${dim(name)} ${label} ${parts.join(' ')}`;
}

/** Milliseconds or ISO 8601, as pino is set up. @param {unknown} time */
function timeOf(time) {
  const date = new Date(/** @type {string | number} */ (time));
  return Number.isNaN(date.getTime()) ? new Date() : date;
}

/** @param {string} line @returns {Record<string, unknown> | undefined} */
function parse(line) {
  if (!line.startsWith('{')) return undefined;
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
