import assert from 'node:assert/strict';
import { test } from 'node:test';
import { appsToSeed } from './seed-catalogue.mjs';

test('a number of apps to seed is a whole one within bounds', () => {
  assert.equal(appsToSeed('100000'), 100_000);
  for (const text of ['0', '-1', '1.5', '1e5', '2000001', 'many', '', undefined]) assert.throws(() => appsToSeed(text), { exitCode: 2 }, String(text));
});
