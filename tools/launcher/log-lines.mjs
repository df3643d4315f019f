import { dim, red, yellow } from './console.mjs';

const warnLevel = 40;
const errorLevel = 50;

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
  const level = Number(record.level ?? 30);
  if (level < warnLevel && !options.verbose) return undefined;
  const time = new Date(Number(record.time) || Date.now()).toISOString().slice(11, 19);
  const label = level >= errorLevel ? red('error') : level >= warnLevel ? yellow('warn') : dim('info');
  const error = /** @type {{ message?: string, code?: string } | undefined} */ (record.err);
  const parts = [record.msg, error?.message && error.message !== record.msg ? error.message : undefined, error?.code && `(${error.code})`].filter(Boolean);
  return `${dim(time)} ${dim(name)} ${label} ${parts.join(' ')}`;
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
