import fc from 'fast-check';
import { allPages } from '../../oracle/agreement';
import { KEYS, someDocument, someDocuments, someQuery, someSort } from '../../oracle/arbitraries';
import { Pair, someChange } from '../../oracle/pair';
import type { SearchDocument } from '../document';
import type { SearchQuery } from '../query/search-query';

/** Stays where it is while others change: ids that changes never name. */
const untouched = someDocuments.map((documents) => documents.map((document) => ({ ...document, id: `still-${document.id}` })));

/**
 * What a correction stands for, and whether words are joined, depends on all documents; only what a document says itself
 * must hold its place. So: short words, of several tokens none but in phrases.
 */
const uncorrected = (query: SearchQuery): SearchQuery => ({
  ...query,
  texts: query.texts.map((clause, at) => (at > 0 || clause.phrase ? { ...clause, phrase: true } : { ...clause, tokens: [clause.tokens[0]!.slice(0, 3)] })),
  prefix: query.prefix && query.texts.length === 1 && !query.texts[0]!.phrase,
  filters: query.filters.filter(({ key }) => key !== 'unknown'),
});

describe('pages of a search while documents change', () => {
  it('hold every document that did not change once, in order', () => {
    fc.assert(
      fc.property(untouched, someDocuments, fc.array(someChange, { minLength: 1, maxLength: 20 }), someQuery, someSort, fc.integer({ min: 1, max: 6 }), someDocument, (still, others, changes, any, sort, limit, some) => {
        const query = uncorrected(any);
        // Some document has each key, or the search would be refused.
        const tagged: SearchDocument = { ...some, id: 'still-tagged', tags: KEYS.map((key) => ({ key, value: 'x' })) };
        const pair = new Pair([...still, tagged, ...others]);
        const stays = (ids: string[]): string[] => ids.filter((id) => id.startsWith('still-'));
        const expected = stays(pair.oracle.search(query, sort)!.ids);

        const changing = changes[Symbol.iterator]();
        const paged = allPages(pair.index, query, sort, limit, () => {
          const { value } = changing.next();
          if (value) pair.apply(value);
        });
        expect(stays(paged)).toEqual(expected);
      }),
      { numRuns: 400, seed: 3, interruptAfterTimeLimit: 5_000 },
    );
  }, 20_000);
});
