/**
 * `node tools/corpus/print.mjs --apps 1000 [--seed n] [--queries | --misspellings]`: the corpus, or what is asked of
 * it, one JSON value a line: for people to look at, and for tests that run as CommonJS.
 */
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { corpus, defaultSeed } from './corpus.mjs';
import { misspellings } from './misspellings.mjs';
import { queries } from './queries.mjs';

const { values } = parseArgs({
  options: { apps: { type: 'string', default: '1000' }, seed: { type: 'string', default: String(defaultSeed) }, queries: { type: 'boolean' }, misspellings: { type: 'boolean' } },
});
const options = { apps: Number(values.apps), seed: Number(values.seed) };
if (!(Number.isInteger(options.apps) && options.apps > 0 && Number.isInteger(options.seed))) throw new Error('--apps and --seed are whole numbers');

const lines = values.queries ? queries([...corpus(options)]) : values.misspellings ? misspellings([...corpus(options)]) : corpus(options);
process.stdout.on('error', () => process.exit(0)); // `| head` has read enough
for (const line of lines) if (!process.stdout.write(`${JSON.stringify(line)}\n`)) await once(process.stdout, 'drain');
