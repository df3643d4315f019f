import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { corpus } from './corpus.mjs';
import { misspellings, wordsOf } from './misspellings.mjs';
import { queries } from './queries.mjs';

const apps = [...corpus({ apps: 20_000 })];
const hash = (/** @type {unknown} */ value) => createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 16);

test('the corpus is the same bytes everywhere', () => {
  // Another hash here means other figures than those in docs/performance.md: say so there.
  assert.equal(hash(apps), '3c74e736da709d90');
  assert.equal(hash(queries(apps)), '7aa24be3994e54b3');
  assert.equal(hash(misspellings(apps)), '24b96f8e3c5b0c9c');
  assert.notDeepEqual([...corpus({ apps: 3, seed: 5 })], apps.slice(0, 3));
});

test('a larger corpus begins with the smaller one', () => {
  assert.deepEqual([...corpus({ apps: 500 })], apps.slice(0, 500));
});

test('entries are as the catalogue takes them', () => {
  assert.equal(new Set(apps.map(({ id }) => id)).size, apps.length);
  assert.equal(new Set(apps.map(({ slug }) => slug)).size, apps.length);
  for (const { id, slug, name, description, readme, tags, popularity } of apps) {
    assert.match(id, /^app_[0-9a-z]{26}$/);
    assert.match(slug, /^[a-z0-9.-]+\/[a-z0-9.-]+$/);
    assert.ok(name.length > 0 && name.length <= 120 && description.length > 0 && !/[\r\n]|undefined/.test(name + description + readme), slug);
    assert.equal(new Set(tags.map(({ key, value }) => `${key}:${value}`)).size, tags.length);
    assert.ok(Number.isInteger(popularity) && popularity >= 0);
  }
});

test('words, tags and launches are spread as in a real catalogue', () => {
  const tags = apps.flatMap((app) => app.tags);
  assert.ok(Math.abs(tags.length / apps.length - 5.9) < 0.2);
  assert.ok(Math.abs(new Set(tags.map(({ key, value }) => `${key}:${value}`)).size - 380) < 25);
  const vocabulary = new Set(apps.flatMap(({ name, slug, description, readme }) => [name, slug, description, readme].flatMap(wordsOf)));
  assert.ok(vocabulary.size > 15_000, `${vocabulary.size} words`);
  const launches = apps.map(({ popularity }) => popularity).sort((a, b) => b - a);
  // Zipf: the tenth has about a tenth of what the first has, the median a few.
  assert.ok((launches[0] ?? 0) > 4 * (launches[10] ?? 0) && (launches[apps.length / 2] ?? 0) < 10);
});

test('misspellings are at most two edits away, and name an app that has the word', () => {
  const made = misspellings(apps);
  assert.equal(made.length, 400);
  const byId = new Map(apps.map((app) => [app.id, app]));
  for (const { id, word, misspelled, text } of made) {
    assert.ok(wordsOf(byId.get(id)?.name ?? '').includes(word));
    assert.ok(text.includes(misspelled) && misspelled !== word);
    assert.ok(Math.abs(misspelled.length - word.length) <= (word.length >= 8 ? 2 : 1));
  }
});

test('the mixed queries are of every kind', () => {
  const made = queries(apps);
  assert.ok(Math.abs(made.length - 1260) < 30, String(made.length));
  assert.equal(new Set(made.map(({ kind }) => kind)).size, 7);
  assert.ok(made.every(({ text }) => !text.includes('undefined')));
});
