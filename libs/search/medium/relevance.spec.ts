import { parseQuery, type SearchDocument, SearchIndex } from '../src';
import { relevanceDocuments, relevanceQueries, type RelevanceQuery } from '../relevance/relevance-set';

const FIRST_HIT = 0.95;
const TYPO_HIT_AT_20 = 0.85;
/** A README's word counts as much as a description's: longer texts must not bury what is meant. */
const FIRST_HIT_AMONG_READMES = 0.95;

interface Outcome extends RelevanceQuery {
  ids: string[];
  /** Of the first expected one, from 0; -1: not among the first 20. */
  rank: number;
}

/** A person's expectations over real projects (libs/search/relevance), not the engine's own definition. */
describe('relevance', () => {
  const documents = relevanceDocuments();
  const outcomes = run(documents, relevanceQueries());
  const typos = outcomes.filter(({ group }) => group === 'typo');

  it('has real documents enough, queries enough, and no expectation that nothing could meet', () => {
    const slugs = new Set(documents.map(({ id }) => id));
    expect(slugs.size).toBe(documents.length);
    expect(documents.length).toBeGreaterThan(4_000);
    expect(outcomes.length).toBeGreaterThanOrEqual(300);
    expect(typos.length).toBeGreaterThanOrEqual(60);
    expect(new Set(outcomes.map(({ text }) => text)).size).toBe(outcomes.length);
    const impossible = outcomes.filter(({ expected }) => expected.length === 0 || expected.some((slug) => !slugs.has(slug)));
    expect(impossible).toEqual([]);
  });

  it(`puts an expected app first for ${FIRST_HIT * 100} % of all queries`, () => {
    const misses = outcomes.filter(({ rank }) => rank !== 0);
    report('first hit', outcomes, misses);
    expect(1 - misses.length / outcomes.length).toBeGreaterThanOrEqual(FIRST_HIT);
  });

  it(`has the app meant among the first 20 for ${TYPO_HIT_AT_20 * 100} % of the misspellings`, () => {
    const misses = typos.filter(({ rank }) => rank < 0);
    report('misspellings, hit@20', typos, misses);
    expect(1 - misses.length / typos.length).toBeGreaterThanOrEqual(TYPO_HIT_AT_20);
  });

  it(`keeps ${FIRST_HIT_AMONG_READMES * 100} % of the first hits where hundreds of long READMEs hold the same words`, () => {
    const withReadmes = relevanceDocuments(true);
    expect(withReadmes.filter(({ readme }) => readme !== '').length).toBeGreaterThan(500);
    const among = run(withReadmes, relevanceQueries());
    const misses = among.filter(({ rank }) => rank !== 0);
    report('first hit among READMEs', among, misses);
    expect(1 - misses.length / among.length).toBeGreaterThanOrEqual(FIRST_HIT_AMONG_READMES);
  });

  function run(searched: SearchDocument[], queries: RelevanceQuery[]): Outcome[] {
    const index = SearchIndex.of(searched);
    return queries.map((query) => {
      const { ids } = index.search(parseQuery(query.text), { sort: 'relevance', limit: 20 });
      return { ...query, ids, rank: ids.findIndex((id) => query.expected.includes(id)) };
    });
  }
});

function report(title: string, outcomes: Outcome[], misses: Outcome[]): void {
  const share = (found: number, all: number): string => `${found}/${all} = ${(found / all).toFixed(3)}`;
  const groups = [...new Set(outcomes.map(({ group }) => group))].map((group) => {
    const size = outcomes.filter((outcome) => outcome.group === group).length;
    return `${group} ${share(size - misses.filter((miss) => miss.group === group).length, size)}`;
  });
  const lines = misses.map(({ group, text, expected, ids, rank }) => {
    const place = rank < 0 ? 'not in 20' : `place ${rank + 1}`;
    return `  ${group}: ${text} → ${ids.slice(0, 3).join(', ') || 'nothing'}; expected ${expected.join(' or ')} (${place})`;
  });
  const whole = share(outcomes.length - misses.length, outcomes.length);
  process.stdout.write([`${title}: ${whole} (${groups.join('; ')})`, ...lines, ''].join('\n'));
}
