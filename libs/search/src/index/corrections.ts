import type { SearchQuery } from '../query/search-query';
import { bitset, hasBit } from '../segments/bitset';
import { addRows, eachOfRows, type Postings } from '../segments/postings';
import { termRange } from '../segments/segment';
import type { LiveSegment } from '../segments/segment-state';
import { TypoIndex } from '../typos/typo-index';
import { type Join, type Word, wordsOf } from './words';

/** A token that fewer documents hold is also taken for what it may have been meant to be. */
export const FEW = 5;
const SHORTEST = 4;
/** From this length on two edits, else one. */
const LONG = 8;
/** Of a query: the cost of one is bounded, and beyond so many wrong words nobody can say what was meant. */
const MOST_CORRECTED = 8;
/** Of a word: what is found is ranked, highlighted and sent. */
const MOST_NEAR = 32;
const SHORTEST_PART = 2;
const MOST_JOINED = 3;
const DIGITS = /^\p{N}+$/u;

/** The query's words, with corrections for those that hardly occur. Phrases are taken at their word. */
export function correctedWords(query: SearchQuery, segments: readonly LiveSegment[]): Word[] {
  const inPhrase = query.texts.flatMap(({ tokens, phrase }) => tokens.map(() => phrase));
  let corrected = 0;
  return wordsOf(query).map((word, at) => {
    const { token, prefix } = word;
    if (inPhrase[at] || token.length < SHORTEST || DIGITS.test(token) || !heldByFew(segments, token, prefix)) return word;
    if (++corrected > MOST_CORRECTED) return word;
    const cuts = cutsOf(segments, token, prefix);
    return { ...word, near: nearest(segments, token, prefix, token.length < LONG || cuts.length > 0 ? 1 : 2), cuts };
  });
}

/** The ways in which neighbouring words may have been meant as one, as far as some text has that one. */
export function joinsOf(query: SearchQuery, segments: readonly LiveSegment[]): Join[] {
  const inPhrase = query.texts.flatMap(({ tokens, phrase }) => tokens.map(() => phrase));
  const words = wordsOf(query);
  const joins: Join[] = [];
  for (let length = 2; length <= MOST_JOINED; length++) {
    for (let from = 0; from + length <= words.length; from++) {
      if (inPhrase.slice(from, from + length).includes(true)) continue;
      const token = words.slice(from, from + length).map((word) => word.token).join('');
      const prefix = words[from + length - 1]!.prefix;
      const occurs = segments.some(({ segment }) => {
        const [first, end] = termRange(segment, token, prefix);
        return first !== end;
      });
      if (occurs) joins.push({ from, length, token, prefix });
    }
  }
  return joins;
}

function heldByFew(segments: readonly LiveSegment[], token: string, prefix: boolean): boolean {
  let count = 0;
  for (const live of segments) {
    const { segment, alive } = live;
    const [from, to] = termRange(segment, token, prefix);
    const seen = new Set<number>();
    const look = (documents: Postings, first: number, end: number): boolean =>
      eachOfRows(documents, first, end, (document) => {
        if (hasBit(alive, document)) seen.add(document);
        return count + seen.size >= FEW;
      });
    if (look(segment.inName, from, to) || look(segment.inText, from, to)) return false;
    for (let at = segment.tagsOfTerm.starts[from]!; at < segment.tagsOfTerm.starts[to]!; at++) {
      const tag = segment.tagsOfTerm.values[at]!;
      if (look(segment.documentsOfTag, tag, tag + 1)) return false;
    }
    count += seen.size;
  }
  return true;
}

/** Terms of living documents with the smallest distance. */
function nearest(segments: readonly LiveSegment[], token: string, prefix: boolean, most: 1 | 2): string[] {
  const found = new Set<string>();
  let smallest: number = most;
  for (const live of segments) {
    const { segment } = live;
    segment.typos ??= TypoIndex.build(segment.terms);
    segment.typos.candidates(token, prefix, most, (term, distance) => {
      if (distance > smallest || !isLive(live, term)) return;
      if (distance < smallest) found.clear();
      smallest = distance;
      found.add(segment.terms[term]!);
    });
  }
  return [...found].sort(byLikeness(token)).slice(0, MOST_NEAR);
}

/** Few get the first letter wrong, and few mistype the length; else by text. */
function byLikeness(token: string): (a: string, b: string) => number {
  const beginsElse = (term: string): number => (term[0] === token[0] ? 0 : 1);
  const longer = (term: string): number => Math.abs(term.length - token.length);
  return (a, b) => beginsElse(a) - beginsElse(b) || longer(a) - longer(b) || (a < b ? -1 : 1);
}

function isLive({ segment, alive, dead, tagCounts }: LiveSegment, term: number): boolean {
  if (dead === 0) return true;
  const lives = (document: number): boolean => hasBit(alive, document);
  if (eachOfRows(segment.inName, term, term + 1, lives) || eachOfRows(segment.inText, term, term + 1, lives)) return true;
  const { starts, values } = segment.tagsOfTerm;
  for (let at = starts[term]!; at < starts[term + 1]!; at++) if (tagCounts[values[at]!]! > 0) return true;
  return false;
}

/** Every way to cut the token in two that the name of a living document has. */
function cutsOf(segments: readonly LiveSegment[], token: string, prefix: boolean): [string, string][] {
  const cuts: [string, string][] = [];
  for (let at = SHORTEST_PART; at <= token.length - SHORTEST_PART; at++) {
    const parts: [string, string] = [token.slice(0, at), token.slice(at)];
    if (segments.some((live) => isNamed(live, parts, prefix))) cuts.push(parts);
  }
  return cuts;
}

/** Whether both parts occur in one name. */
function isNamed({ segment, alive }: LiveSegment, [left, right]: readonly [string, string], prefix: boolean): boolean {
  const [from, to] = termRange(segment, left, false);
  const [first, end] = termRange(segment, right, prefix);
  if (from === to || first === end) return false;
  const named = bitset(segment.documents);
  addRows(named, segment.inName, from, to);
  return eachOfRows(segment.inName, first, end, (document) => hasBit(named, document) && hasBit(alive, document));
}
