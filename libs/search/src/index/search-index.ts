import type { SearchDocument } from '../document';
import type { SearchQuery } from '../query/search-query';
import { BitsetPool, type Bitset, hasBit } from '../segments/bitset';
import { idOf } from '../segments/id-column';
import { SEGMENT_LIMITS, type SegmentLimits } from '../segments/limits';
import type { Segment } from '../segments/segment';
import { LiveSegment, type SegmentState } from '../segments/segment-state';
import { mergeSegments, SegmentWriter } from '../segments/segment-writer';
import type { IndexStats, RelatedDocument, SearchAnswer, SearchOptions, Suggestion } from './answers';
import { correctedWords, FEW, joinsOf } from './corrections';
import { facetsOf } from './facets';
import { checkKeys } from './filters';
import { segmentsToMerge, tinySegments } from './merge-policy';
import { compareRanked, firstOf, positionOf } from './paging';
import { related } from './related';
import { bytesOf } from './segment-bytes';
import { correctMatch, matchSegment, type SegmentMatch } from './segment-match';
import { suggest } from './suggestions';
import { isCorrected, type Join, type Word } from './words';

const MOST_ON_PAGE = 100;

/**
 * Every app, found in a fraction of a millisecond: libs/search/README.md says what a search means. Changes are visible
 * at once; whoever holds the index asks now and then whether a merge is due, and has it done elsewhere.
 */
export class SearchIndex {
  private segments: LiveSegment[] = [];
  private pools = new Map<LiveSegment, BitsetPool>();
  private merging: readonly SegmentState[] | null = null;

  /** @param limits for tests */
  constructor(
    segment?: Segment,
    private readonly limits: SegmentLimits = SEGMENT_LIMITS,
  ) {
    if (segment && segment.documents > 0) this.add(segment);
  }

  static of(documents: Iterable<SearchDocument>, limits: SegmentLimits = SEGMENT_LIMITS): SearchIndex {
    const latest = new Map<string, SearchDocument>();
    for (const document of documents) latest.set(document.id, document);
    const writer = new SegmentWriter(limits);
    for (const document of latest.values()) writer.add(document);
    return new SearchIndex(writer.finish(), limits);
  }

  /** Adds documents, in place of those with the same ids. Of several with one id the last counts. */
  put(documents: readonly SearchDocument[]): void {
    const latest = new Map(documents.map((document) => [document.id, document]));
    if (latest.size === 0) return;
    const writer = new SegmentWriter(this.limits);
    for (const document of latest.values()) writer.add(document);
    const segment = writer.finish();
    this.remove([...latest.keys()]);
    this.add(segment);
    const tiny = tinySegments(this.segments);
    const busy = new Set(this.merging);
    const free = tiny.filter((live) => !busy.has(live));
    if (free.length > 1) this.replace(free, mergeSegments(free, this.limits));
  }

  /** Ids that are not there are passed over. */
  remove(ids: readonly string[]): void {
    for (const id of ids) for (const live of this.segments) if (live.kill(id)) break;
    const empty = this.segments.filter((live) => live.living === 0 && !this.merging?.includes(live));
    if (empty.length > 0) this.drop(empty);
  }

  /** @throws QueryError for a tag key that no app has */
  search(query: SearchQuery, options: SearchOptions): SearchAnswer {
    // Who pages on was let through before; the last app with a key may have gone since.
    if (!options.after) checkKeys(query, this.segments);
    const sort = query.sort ?? options.sort;
    const limit = Math.min(MOST_ON_PAGE, Math.max(1, Math.trunc(options.limit) || 1));
    const words = correctedWords(query, this.segments);
    const filtered = query.filters.length > 0 || query.without.length > 0;
    try {
      const pools = this.segments.map((live) => this.poolOf(live));
      let matches = this.segments.map((live, at) => matchSegment(live, pools[at]!, query, words));
      const joins = words.length > 1 && totalOf(matches) < FEW ? joinsOf(query, this.segments) : [];
      if (joins.length > 0 || words.some(isCorrected)) matches = matches.map((match, at) => correctMatch(match, pools[at]!, query, words, joins));
      const ranked = matches.flatMap((match) => firstOf(match, sort, limit + 1, options.after));
      if (matches.length > 1) ranked.sort(compareRanked(sort));
      const page = ranked.slice(0, limit);
      const last = page[page.length - 1];
      return {
        ids: page.map(({ segment, document }) => idOf(segment.ids, document)),
        total: totalOf(matches),
        facets: facetsOf(matches, pools, words, filtered),
        next: ranked.length > page.length && last ? positionOf(sort, last) : null,
        matched: matchedBy(words, joins),
        corrected: matches.some(({ groups }) => groups[1]?.at(-1)?.some((word) => word !== 0)),
      };
    } finally {
      for (const pool of this.pools.values()) pool.release();
    }
  }

  /** @param text what is being typed: the beginning of a key, a value or a name, or `key:` and the beginning of a value */
  suggest(text: string, limit: number): Suggestion[] {
    return suggest(this.segments, text, limit);
  }

  /** The nearest first; none for an id that is not there. */
  related(id: string, limit: number): RelatedDocument[] {
    return related(this.segments, id, limit);
  }

  /** What should be joined in the background now; null where nothing should, or a merge is under way. */
  mergeDue(): SegmentState[] | null {
    if (this.merging) return null;
    const due = segmentsToMerge(this.segments);
    if (due.length === 0) return null;
    // As they are now: what dies while the merge runs is taken out of its outcome.
    this.merging = due;
    return due.map(({ segment, alive }) => ({ segment, alive: alive.slice() }));
  }

  /** Puts the outcome of a merge in the place of its parts. */
  completeMerge(parts: readonly SegmentState[], merged: Segment): void {
    const replaced = this.segments.filter(({ segment }) => parts.some((part) => part.segment === segment));
    this.merging = null;
    const died = replaced.flatMap(({ segment, alive }) => diedSince(segment, parts.find((part) => part.segment === segment)!.alive, alive));
    const live = this.replace(replaced, merged);
    for (const id of died) live?.kill(id);
  }

  /** A merge that did not come to an end: it may be tried again. */
  cancelMerge(): void {
    this.merging = null;
  }

  stats(): IndexStats {
    return {
      documents: this.segments.reduce((sum, { living }) => sum + living, 0),
      segments: this.segments.map(({ segment, dead }) => ({ documents: segment.documents, dead })),
      terms: this.segments.reduce((sum, { segment }) => sum + segment.terms.length, 0),
      tags: this.segments.reduce((sum, { segment }) => sum + segment.tags.keys.length, 0),
      bytes: this.segments.reduce((sum, live) => sum + bytesOf(live.segment), 0),
    };
  }

  private add(segment: Segment): LiveSegment {
    const live = new LiveSegment(segment);
    this.segments = [...this.segments, live];
    return live;
  }

  private replace(parts: readonly LiveSegment[], merged: Segment): LiveSegment | null {
    this.drop(parts);
    return merged.documents > 0 ? this.add(merged) : null;
  }

  private drop(gone: readonly LiveSegment[]): void {
    this.segments = this.segments.filter((live) => !gone.includes(live));
    for (const live of gone) this.pools.delete(live);
  }

  private poolOf(live: LiveSegment): BitsetPool {
    let pool = this.pools.get(live);
    if (!pool) this.pools.set(live, (pool = new BitsetPool(live.segment.documents)));
    return pool;
  }
}

const totalOf = (matches: readonly SegmentMatch[]): number => matches.reduce((sum, { total }) => sum + total, 0);

function matchedBy(words: readonly Word[], joins: readonly Join[]): SearchAnswer['matched'] {
  return [
    ...words.flatMap(({ token, prefix, near, cuts }) => [
      { token, prefix },
      ...near.map((term) => ({ token: term, prefix: false })),
      ...cuts.flatMap(([left, right]) => [{ token: left, prefix: false }, { token: right, prefix }]),
    ]),
    ...joins.map(({ token, prefix }) => ({ token, prefix })),
    // The name that all of them make together.
    ...(words.length > 1 ? [{ token: words.map(({ token }) => token).join(''), prefix: false }] : []),
  ];
}

function diedSince({ ids, documents }: Segment, before: Bitset, now: Bitset): string[] {
  const died: string[] = [];
  for (let document = 0; document < documents; document++) {
    if (hasBit(before, document) && !hasBit(now, document)) died.push(idOf(ids, document));
  }
  return died;
}
