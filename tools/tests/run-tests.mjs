import { endCommands, tail } from '../launcher/commands.mjs';
import { bold, Complaint, say, seconds, step } from '../launcher/console.mjs';
import { installDependencies } from '../launcher/dependencies.mjs';
import { installMissing } from '../launcher/system-parts.mjs';
import { closingLine, sum } from './counts.mjs';
import { engineForTests } from './engine-for-tests.mjs';
import { tiers } from './tiers.mjs';

const shownLines = 400;

/**
 * Runs the tiers from the cheapest to the dearest and prints the closing line.
 * @param {string[]} args `--only unit,medium` names the tiers; `--all` goes on after a tier that failed
 * @returns {Promise<number>} the exit code
 */
export async function runTests(args) {
  const began = Date.now();
  const chosen = choose(args);
  let endEngine = async () => {};
  const stop = async (/** @type {NodeJS.Signals} */ signal) => {
    say(`${signal}: stopping`);
    endCommands();
    await endEngine();
    process.exit(130);
  };
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.once(signal, () => void stop(signal));

  await installDependencies();
  // What can't be had has been said; the tests that need it fail rather than hide it.
  await installMissing([...new Set(chosen.flatMap((tier) => tier.parts))]);
  /** @type {import('./counts.mjs').Counts[]} */
  const counts = [];
  let engineIsUp = false;
  try {
    for (const [index, tier] of chosen.entries()) {
      if (tier.engine && !engineIsUp) {
        engineIsUp = true;
        endEngine = await engineForTests(process.env);
      }
      const result = await step(tier.name, (note) => tier.run(note), { done: ({ counts }) => `${tier.name}: ${closingLine(counts)}`, ok: ({ counts }) => counts.failed === 0 });
      counts.push(result.counts);
      if (result.counts.failed === 0) continue;
      say(tail(result.output, shownLines));
      const rest = chosen.slice(index + 1).map(({ name }) => name);
      if (rest.length === 0 || args.includes('--all')) continue;
      say(`not run after this failure: ${rest.join(', ')} (npm test -- --all goes on)`);
      break;
    }
  } finally {
    await endEngine();
  }
  const total = sum(counts);
  for (const title of total.flaky) say(`passed at its second attempt alone: ${title}`);
  say(`${bold('tests')} took ${seconds(Date.now() - began)}`);
  say(closingLine(total));
  return total.failed === 0 && total.passed > 0 ? 0 : 1;
}

/** @param {string[]} args */
function choose(args) {
  const at = args.findIndex((argument) => argument === '--only' || argument.startsWith('--only='));
  if (at < 0) return tiers;
  const names = (args[at]?.split('=')[1] ?? args[at + 1] ?? '').split(',').filter(Boolean);
  const unknown = names.filter((name) => !tiers.some((tier) => tier.name === name));
  if (names.length === 0 || unknown.length > 0) throw new Complaint(`--only takes ${tiers.map(({ name }) => name).join(', ')}, comma-separated${unknown.length > 0 ? `; not ${unknown.join(', ')}` : ''}`);
  return tiers.filter((tier) => names.includes(tier.name));
}
