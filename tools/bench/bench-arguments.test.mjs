import assert from 'node:assert/strict';
import { test } from 'node:test';
import { benchArguments } from './bench-arguments.mjs';

const partsOf = (/** @type {string[]} */ ...args) => Object.entries(benchArguments(args)).flatMap(([part, wanted]) => (wanted === true ? [part] : []));

test('all parts by default, else those named; sizes alone mean the search', () => {
  assert.deepEqual(partsOf(), ['start', 'launches', 'search', 'ingestion', 'tags', 'builds', 'artifacts', 'proxy']);
  assert.deepEqual(partsOf('launches', '--pairs', '3'), ['launches']);
  assert.deepEqual(partsOf('ingestion', 'tags'), ['ingestion', 'tags']);
  assert.deepEqual(partsOf('--million'), ['search']);
  assert.deepEqual(partsOf('--apps', '500'), ['search']);
});

test('sizes', () => {
  assert.deepEqual(benchArguments([]).sizes, [10_000, 100_000]);
  assert.deepEqual(benchArguments(['search', '--million']).sizes, [1_000_000]);
  assert.deepEqual(benchArguments(['--apps', '5000,1000,5000']).sizes, [1000, 5000]);
});

test('what does not fit is refused', () => {
  for (const args of [['serach'], ['--apps', '0'], ['--apps', '1e5'], ['--apps', ''], ['--pairs', 'x'], ['--bogus']]) assert.throws(() => benchArguments(args), { exitCode: 2 }, args.join(' '));
});
