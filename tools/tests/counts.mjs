/** @typedef {{ passed: number, failed: number, skipped: number, flaky?: string[] }} Counts `flaky`: what passed at its second attempt alone, and is in `passed` */

/** @param {Counts[]} all @returns {Counts} */
export function sum(all) {
  return all.reduce((total, one) => ({ passed: total.passed + one.passed, failed: total.failed + one.failed, skipped: total.skipped + one.skipped, flaky: [...total.flaky, ...(one.flaky ?? [])] }), { passed: 0, failed: 0, skipped: 0, flaky: /** @type {string[]} */ ([]) });
}

/** The closing line. @param {Counts} counts */
export function closingLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

/**
 * A run that ended badly without a failed test (nothing found, a crash, a teardown that failed) still counts as a failure.
 * @param {Counts} counts
 * @param {boolean} succeeded by the runner's exit code
 * @returns {Counts}
 */
export function honest(counts, succeeded) {
  const empty = counts.passed + counts.failed === 0;
  return (succeeded && !empty) || counts.failed > 0 ? counts : { ...counts, failed: 1 };
}

/**
 * @typedef {{ assertionResults: { fullName: string, status: string, invocations?: number }[] }} JestSuite
 * @param {{ numPassedTests: number, numFailedTests: number, numPendingTests: number, numTodoTests: number, numRuntimeErrorTestSuites: number, testResults?: JestSuite[] }} report of `jest --json`
 * @returns {Counts}
 */
export function fromJest(report) {
  return {
    passed: report.numPassedTests,
    // A suite that does not even load has no failed test, and is a failure.
    failed: report.numFailedTests + report.numRuntimeErrorTestSuites,
    skipped: report.numPendingTests + report.numTodoTests,
    flaky: (report.testResults ?? []).flatMap(({ assertionResults }) => assertionResults).flatMap(({ fullName, status, invocations = 1 }) => (status === 'passed' && invocations > 1 ? [fullName] : [])),
  };
}

/**
 * @typedef {{ specs?: { title: string, tests: { status: string }[] }[], suites?: PlaywrightSuite[] }} PlaywrightSuite
 * @param {{ stats: { expected: number, unexpected: number, flaky: number, skipped: number }, errors?: unknown[], suites?: PlaywrightSuite[] }} report of Playwright's json reporter
 * @returns {Counts}
 */
export function fromPlaywright({ stats, errors = [], suites = [] }) {
  return { passed: stats.expected + stats.flaky, failed: stats.unexpected + errors.length, skipped: stats.skipped, flaky: suites.flatMap(flakyIn) };
}

/** @param {PlaywrightSuite} suite @returns {string[]} */
function flakyIn({ specs = [], suites = [] }) {
  return [...specs.flatMap(({ title, tests }) => (tests.some(({ status }) => status === 'flaky') ? [title] : [])), ...suites.flatMap(flakyIn)];
}

/** @param {string} output of `node --test --test-reporter=tap` @returns {Counts} */
export function fromTap(output) {
  const count = (/** @type {string} */ name) => Number(new RegExp(`^# ${name} (\\d+)$`, 'm').exec(output)?.[1] ?? 0);
  return { passed: count('pass'), failed: count('fail') + count('cancelled'), skipped: count('skipped') + count('todo') };
}
