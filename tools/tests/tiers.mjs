import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, nxEnv } from '../launcher/build.mjs';
import { run, which } from '../launcher/commands.mjs';
import { root } from '../launcher/paths.mjs';
import { systemParts } from '../launcher/system-parts.mjs';
import { fromJest, fromPlaywright, fromTap, honest, sum } from './counts.mjs';

/**
 * @typedef {import('./counts.mjs').Counts} Counts
 * @typedef {{ counts: Counts, output: string }} TierResult
 * @typedef {(note: (text: string) => void) => Promise<TierResult>} Tier
 */

const results = join(root, 'test-results');
const bin = (/** @type {string} */ name) => join(root, 'node_modules', '.bin', name);
const { git, nats, postgres, chromium, ceph, registry, busybox } = systemParts;

/**
 * As `npm run lint`: the rule of directions reads Nx's project graph, and without a cached one (a clean clone) it would
 * pass everything in silence.
 */
const lintCommands = [[bin('nx'), 'show', 'projects', '--json'], [bin('eslint'), '.', '--max-warnings', '0']];

/**
 * From the cheapest to the dearest. `parts`: what the machine must have; `engine`: whether containers run in it.
 * @type {{ name: string, parts: import('../launcher/system-parts.mjs').SystemPart[], engine?: boolean, run: Tier }[]}
 */
export const tiers = [
  { name: 'lint', parts: [], run: (note) => checks('lint', note, lintCommands) },
  { name: 'types', parts: [], run: (note) => checks('types', note, typeChecks()) },
  { name: 'unit', parts: [git], run: async (note) => together([await toolTests(note), await jest('unit', note, ['--maxWorkers=2'])]) },
  { name: 'build', parts: [], run: () => asCheck('build', () => build()) },
  // One more than there are cores: half of what these do is wait.
  { name: 'medium', parts: [git, nats, postgres, chromium, ceph, registry, busybox], engine: true, run: (note) => jest('medium', note, ['--maxWorkers=3', '--forceExit']) },
  { name: 'e2e', parts: [git, nats, chromium, busybox], engine: true, run: async (note) => together([await playwright('e2e', 'e2e/playwright.config.ts', note), await playwright('contract', 'e2e/contract/playwright.config.ts', note)]) },
];

function typeChecks() {
  const projects = ['tsconfig.check.json', 'apps/web/tsconfig.json'].filter((path) => existsSync(join(root, path)));
  return projects.map((project) => [bin('tsc'), '-p', project, '--noEmit', '--pretty', 'false']);
}

/**
 * Runs one of the tools, keeps its output in test-results/<name>.log, and shows as a note what it is at.
 * @param {string} name
 * @param {(note: string) => void} note
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 */
async function tool(name, note, args, env = {}) {
  mkdirSync(results, { recursive: true });
  const result = await run(process.execPath, args, {
    cwd: root,
    env: { ...nxEnv(), NODE_ENV: 'test', ...env },
    onLine: (line) => {
      const title = /^(?:PASS|FAIL)\s+(.*)/.exec(line)?.[1] ?? /^\s*[✓✘ok]+\s+(\d+ .*)/.exec(line)?.[1];
      if (title) note(title.trim().slice(0, 60));
    },
  });
  writeFileSync(join(results, `${name}.log`), result.output);
  return { ok: result.code === 0, output: result.output };
}

/**
 * Commands that pass or fail as a whole: together they count as one test.
 * @param {string} name
 * @param {(note: string) => void} note
 * @param {string[][]} commands
 * @returns {Promise<TierResult>}
 */
async function checks(name, note, commands) {
  const outcomes = [];
  for (const command of commands) outcomes.push(await tool(name, note, command));
  const ok = outcomes.every((outcome) => outcome.ok);
  return { counts: one(ok), output: outcomes.map(({ output }) => output).join('\n') };
}

/** @param {string} name @param {() => Promise<void>} work @returns {Promise<TierResult>} */
async function asCheck(name, work) {
  try {
    await work();
    return { counts: one(true), output: '' };
  } catch (error) {
    return { counts: one(false), output: `${name}: ${error instanceof Error ? error.message : error}` };
  }
}

/** @param {boolean} ok @returns {Counts} */
const one = (ok) => ({ passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 });

/** @param {TierResult[]} parts @returns {TierResult} */
function together(parts) {
  return { counts: sum(parts.map(({ counts }) => counts)), output: parts.flatMap(({ counts, output }) => (counts.failed > 0 ? [output] : [])).join('\n') };
}

/** @param {string} project @param {(note: string) => void} note @param {string[]} args @returns {Promise<TierResult>} */
async function jest(project, note, args) {
  const report = join(results, `${project}.json`);
  rmSync(report, { force: true });
  const { ok, output } = await tool(project, note, [bin('jest'), '--selectProjects', project, '--json', `--outputFile=${report}`, ...args]);
  return { counts: honest(existsSync(report) ? fromJest(JSON.parse(readFileSync(report, 'utf8'))) : one(false), ok), output: failuresOf(output) };
}

/** The launcher's own tests: plain Node modules, which Jest would have to transform. @param {(note: string) => void} note @returns {Promise<TierResult>} */
async function toolTests(note) {
  const files = readdirSync(join(root, 'tools'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.test.mjs') && !/(^|[/\\])demo[/\\]/.test(path))
    .map((path) => join('tools', path));
  const { ok, output } = await tool('tools', note, ['--test', '--test-reporter=tap', ...files]);
  return { counts: honest(fromTap(output), ok), output };
}

/** @param {string} name @param {string} config @param {(note: string) => void} note @returns {Promise<TierResult>} */
async function playwright(name, config, note) {
  const report = join(results, `${name}.json`);
  rmSync(report, { force: true });
  const { ok, output } = await tool(name, note, [bin('playwright'), 'test', '-c', config], { E2E_REPORT: report, CHROMIUM_PATH: process.env.CHROMIUM_PATH ?? which('chromium') });
  return { counts: honest(existsSync(report) ? fromPlaywright(JSON.parse(readFileSync(report, 'utf8'))) : one(false), ok), output };
}

/** Jest's output without the suites that passed. @param {string} output */
function failuresOf(output) {
  return output.split('\n').filter((line) => !line.startsWith('PASS ') && !line.startsWith('{"numFailed')).join('\n');
}
