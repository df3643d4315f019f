import type { SearchDocument, Sort } from '../src/document';
import type { FacetCounts } from '../src/index/answers';
import type { SearchQuery } from '../src/query/search-query';
import { FEW, withCorrections } from './corrections';
import { type Fit, judge } from './judge';
import { type ReadDocument, readDocument } from './read-document';

export interface OracleAnswer {
  /** All of them, in order. */
  ids: string[];
  facets: FacetCounts[];
  corrected: boolean;
}

type Found = ReadDocument & { fit: Fit };
type Compare = (a: Found, b: Found) => number;

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const byId: Compare = (a, b) => byText(a.document.id, b.document.id);
const byPopularity: Compare = (a, b) => b.document.popularity - a.document.popularity || byId(a, b);
const ORDERS: Record<Sort, Compare> = {
  relevance: (a, b) => Number(a.fit.corrected) - Number(b.fit.corrected) || a.fit.tier - b.fit.tier || byPopularity(a, b),
  popular: byPopularity,
  recent: (a, b) => b.document.createdAt - a.document.createdAt || byId(a, b),
  name: (a, b) => byText(a.name.join(' '), b.name.join(' ')) || byId(a, b),
};

/** libs/search/README.md, evaluated document by document. Slow, and hard to get wrong. */
export class Oracle {
  private readonly documents = new Map<string, ReadDocument>();
  /** Made anew after each change: it takes longest. */
  private vocabulary: ReadonlySet<string> | null = null;

  constructor(documents: readonly SearchDocument[] = []) {
    this.put(documents);
  }

  put(documents: readonly SearchDocument[]): void {
    for (const document of documents) this.documents.set(document.id, readDocument(document));
    this.vocabulary = null;
  }

  remove(ids: readonly string[]): void {
    for (const id of ids) this.documents.delete(id);
    this.vocabulary = null;
  }

  get all(): ReadDocument[] {
    return [...this.documents.values()];
  }

  /** @returns null where a filter names a key that no document has: the query is refused */
  search(query: SearchQuery, sort: Sort): OracleAnswer | null {
    const { all } = this;
    const known = new Set(['status', 'owner', ...all.flatMap(({ filters }) => filters.map(({ key }) => key))]);
    if (query.filters.some(({ key }) => !known.has(key))) return null;

    this.vocabulary ??= new Set(all.flatMap((read) => [...read.all]));
    const { vocabulary } = this;
    const tokens = query.texts.flatMap(({ tokens, phrase }) => tokens.map((token) => ({ token, phrase })));
    const asked = tokens.map(({ token, phrase }, at) => withCorrections(token, query.prefix && at === tokens.length - 1, phrase, all, vocabulary));
    const foundWith = (apart: boolean): Found[] =>
      all.flatMap((read) => {
        const fit = judge(read, query, asked, apart);
        return fit ? [{ ...read, fit }] : [];
      });
    const asTheyStand = foundWith(false);
    const found = asTheyStand.filter(({ fit }) => !fit.corrected).length < FEW ? foundWith(true) : asTheyStand;
    found.sort(ORDERS[query.sort ?? sort]);
    return { ids: found.map(({ document }) => document.id), facets: facetsOf(found), corrected: found.some(({ fit }) => fit.corrected) };
  }

  /** Documents with such a tag. */
  countTagged(key: string, value: string | null): number {
    return this.all.filter(({ document }) => document.tags.some((tag) => tag.key === key && (value === null || tag.value === value))).length;
  }
}

function facetsOf(found: readonly Found[]): FacetCounts[] {
  const counts: Record<string, Record<string, number>> = {};
  for (const { key, value } of found.flatMap(({ document }) => document.tags)) {
    if (key === 'port') continue;
    const ofKey = (counts[key] ??= {});
    ofKey[value] = (ofKey[value] ?? 0) + 1;
  }
  return Object.entries(counts)
    .map(([key, ofKey]) => ({ key, sum: Object.values(ofKey).reduce((a, b) => a + b), values: Object.entries(ofKey).map(([value, count]) => ({ value, count })) }))
    .sort((a, b) => b.sum - a.sum || byText(a.key, b.key))
    .slice(0, 12)
    .map(({ key, values }) => ({ key, values: values.sort((a, b) => b.count - a.count || byText(a.value, b.value)).slice(0, 12) }));
}
