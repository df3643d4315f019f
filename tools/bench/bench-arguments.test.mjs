import assert from 'node:assert/strict';
import { test } from 'node:test';
import { benchArguments } from './bench-arguments.mjs';

const partsOf = (/** @type {string[]} */ ...args) => {
  const { start, launches, search, ingestion } = benchArguments(args);
  return { start, launches, search, ingestion };
};

test('all parts by default, else those named; sizes alone mean the search', () => {
  assert.deepEqual(partsOf(), { start: true, launches: true, search: true, ingestion: true });
  assert.deepEqual(partsOf('launches', '--pairs', '3'), { start: false, launches: true, search: false, ingestion: false });
  assert.deepEqual(partsOf('ingestion'), { start: false, launches: false, search: false, ingestion: true });
  assert.deepEqual(partsOf('--million'), { start: false, launches: false, search: true, ingestion: false });
  assert.deepEqual(partsOf('--apps', '500'), { start: false, launches: false, search: true, ingestion: false });
});

test('sizes', () => {
  assert.deepEqual(benchArguments([]).sizes, [10_000, 100_000]);
  assert.deepEqual(benchArguments(['search', '--million']).sizes, [1_000_000]);
  assert.deepEqual(benchArguments(['--apps', '5000,1000,5000']).sizes, [1000, 5000]);
});

test('what does not fit is refused', () => {
  for (const args of [['serach'], ['--apps', '0'], ['--apps', '1e5'], ['--apps', ''], ['--pairs', 'x'], ['--bogus']]) assert.throws(() => benchArguments(args), { exitCode: 2 }, args.join(' '));
});
