import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expectAgreement } from '../oracle/agreement';
import { Oracle } from '../oracle/oracle';
import { parseQuery, type SearchDocument, SearchIndex, SORTS } from '../src';

/** In a process of its own: the corpus is an ES module, which Jest does not load. */
function printed<T>(...options: string[]): T[] {
  const script = join(__dirname, '../../../tools/corpus/print.mjs');
  const lines = execFileSync(process.execPath, [script, '--apps', '3000', ...options], { encoding: 'utf8', maxBuffer: 64e6 });
  return lines.trim().split('\n').map((line) => JSON.parse(line) as T);
}

describe('the mixed queries over 3,000 apps of the corpus', () => {
  const apps = printed<SearchDocument>();
  // Of every kind of query, some five of twenty-four.
  const queries = printed<{ kind: string; text: string }>('--queries').filter((_, at) => at % 24 < 5);
  const oracle = new Oracle(apps);
  // A part of them as later changes: several segments, with dead documents in the first.
  const index = SearchIndex.of([...apps.slice(0, 2_800), ...apps.slice(2_800).map((app) => ({ ...app, name: 'before', tags: [] }))]);
  index.put(apps.slice(2_800));

  it.each([...new Set(queries.map(({ kind }) => kind))])('%s', (wanted) => {
    const ofKind = queries.filter(({ kind }) => kind === wanted);
    expect(ofKind.length).toBeGreaterThan(5);
    ofKind.forEach(({ text }, at) => {
      const sort = SORTS[at % 8] ?? 'relevance'; // half of them by relevance
      expectAgreement(index, oracle, parseQuery(text), sort, 100);
    });
  }, 60_000);
});
