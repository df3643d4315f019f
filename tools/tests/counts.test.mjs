import assert from 'node:assert/strict';
import { test } from 'node:test';
import { closingLine, fromJest, fromPlaywright, fromTap, honest, sum } from './counts.mjs';

test('the closing line names what was skipped only where something was', () => {
  assert.equal(closingLine({ passed: 3, failed: 0, skipped: 0 }), '3 passed, 0 failed');
  assert.equal(closingLine(sum([{ passed: 3, failed: 1, skipped: 0 }, { passed: 1, failed: 0, skipped: 2 }])), '4 passed, 1 failed, 2 skipped');
});

test('what went wrong without a failed test counts as one', () => {
  assert.equal(honest({ passed: 5, failed: 0, skipped: 0 }, false).failed, 1);
  assert.equal(honest({ passed: 0, failed: 0, skipped: 0 }, true).failed, 1);
  assert.equal(honest({ passed: 5, failed: 2, skipped: 0 }, false).failed, 2);
  assert.equal(honest({ passed: 5, failed: 0, skipped: 1 }, true).failed, 0);
});

test('each runner’s report is counted', () => {
  assert.deepEqual(fromJest({ numPassedTests: 4, numFailedTests: 1, numPendingTests: 2, numTodoTests: 1, numRuntimeErrorTestSuites: 1 }), { passed: 4, failed: 2, skipped: 3, flaky: [] });
  assert.deepEqual(fromPlaywright({ stats: { expected: 3, unexpected: 1, flaky: 1, skipped: 0 }, errors: [{}] }), { passed: 4, failed: 2, skipped: 0, flaky: [] });
  assert.deepEqual(fromTap('ok 1\n# tests 5\n# pass 3\n# fail 1\n# cancelled 0\n# skipped 1\n# todo 0\n'), { passed: 3, failed: 1, skipped: 1 });
});

test('what passed at its second attempt alone is named', () => {
  const suite = { assertionResults: [{ fullName: 'a', status: 'passed', invocations: 2 }, { fullName: 'b', status: 'passed' }, { fullName: 'c', status: 'failed', invocations: 2 }] };
  assert.deepEqual(fromJest({ numPassedTests: 2, numFailedTests: 1, numPendingTests: 0, numTodoTests: 0, numRuntimeErrorTestSuites: 0, testResults: [suite] }).flaky, ['a']);
  const suites = [{ suites: [{ specs: [{ title: 'd', tests: [{ status: 'flaky' }] }, { title: 'e', tests: [{ status: 'expected' }] }] }] }];
  const played = fromPlaywright({ stats: { expected: 1, unexpected: 0, flaky: 1, skipped: 0 }, suites });
  assert.deepEqual(sum([{ passed: 0, failed: 0, skipped: 0 }, played]).flaky, ['d']);
});
