import { parseArgs } from 'node:util';
import { Complaint } from '../launcher/console.mjs';

const usage = 'Usage: npm run bench [-- [start] [launches] [search] [ingestion] [tags] [builds] [artifacts] [proxy] [--pairs 11] [--apps 10000,100000] [--million]]';
const parts = /** @type {const} */ (['start', 'launches', 'search', 'ingestion', 'tags', 'builds', 'artifacts', 'proxy']);
const sizesByDefault = [10_000, 100_000];
const million = 1_000_000;

/**
 * @typedef {{ start: boolean, launches: boolean, search: boolean, ingestion: boolean, tags: boolean, builds: boolean, artifacts: boolean, proxy: boolean, pairs: number, sizes: number[] }} BenchArguments `sizes`: apps to search among
 * @param {string[]} args
 * @returns {BenchArguments}
 * @throws {Complaint}
 */
export function benchArguments(args) {
  const { values, positionals } = parse(args);
  const unknown = positionals.find((part) => !parts.some((known) => known === part));
  if (unknown !== undefined) throw new Complaint(`no part ${JSON.stringify(unknown)}. ${usage}`, 2);
  const named = new Set(positionals);
  if (named.size === 0 && (values.apps !== undefined || values.million)) named.add('search');
  const wants = (/** @type {string} */ part) => named.size === 0 || named.has(part);
  const sizes = values.apps === undefined ? (values.million ? [] : sizesByDefault) : values.apps.split(',').map((text) => whole('--apps', text, 2 * million));
  if (values.million) sizes.push(million);
  return { start: wants('start'), launches: wants('launches'), search: wants('search'), ingestion: wants('ingestion'), tags: wants('tags'), builds: wants('builds'), artifacts: wants('artifacts'), proxy: wants('proxy'), pairs: whole('--pairs', values.pairs, 1000), sizes: [...new Set(sizes)].sort((a, b) => a - b) };
}

/** @param {string[]} args */
function parse(args) {
  try {
    return parseArgs({ args, allowPositionals: true, options: { pairs: { type: 'string', default: '11' }, apps: { type: 'string' }, million: { type: 'boolean', default: false } } });
  } catch (error) {
    throw new Complaint(`${/** @type {Error} */ (error).message}. ${usage}`, 2);
  }
}

/** @param {string} name @param {string} text @param {number} most */
function whole(name, text, most) {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  if (value < 1 || value > most) throw new Complaint(`${name} takes whole numbers from 1 to ${most}, not ${JSON.stringify(text)}. ${usage}`, 2);
  return value;
}
