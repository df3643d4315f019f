import type { SearchQuery } from '../query/search-query';
import { hasBit } from '../segments/bitset';
import type { Lists } from '../segments/columns';
import { termRange } from '../segments/segment';
import type { LiveSegment } from '../segments/segment-state';
import { TypoIndex } from '../typos/typo-index';
import { type Word, wordsOf } from './words';

/** A token that fewer documents hold is also taken for what it may have been meant to be. */
export const FEW = 5;
const SHORTEST = 4;
/** From this length on two edits, else one. */
const LONG = 8;
const SHORTEST_PART = 2;
const DIGITS = /^\p{N}+$/u;

/** The query's words, with corrections for those that hardly occur. Phrases are taken at their word. */
export function correctedWords(query: SearchQuery, segments: readonly LiveSegment[]): Word[] {
  const inPhrase = query.texts.flatMap(({ tokens, phrase }) => tokens.map(() => phrase));
  return wordsOf(query).map((word, at) => {
    const { token, prefix } = word;
    if (inPhrase[at] || token.length < SHORTEST || DIGITS.test(token) || !heldByFew(segments, token, prefix)) return word;
    return { ...word, near: nearest(segments, token, prefix), cuts: cutsOf(segments, token, prefix) };
  });
}

function heldByFew(segments: readonly LiveSegment[], token: string, prefix: boolean): boolean {
  let count = 0;
  for (const live of segments) {
    const { segment, alive } = live;
    const [from, to] = termRange(segment, token, prefix);
    const seen = new Set<number>();
    const look = ({ starts, values }: Lists, first: number, end: number): boolean => {
      for (let at = starts[first]!; at < starts[end]!; at++) {
        if (hasBit(alive, values[at]!)) seen.add(values[at]!);
        if (count + seen.size >= FEW) return true;
      }
      return false;
    };
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
function nearest(segments: readonly LiveSegment[], token: string, prefix: boolean): string[] {
  const found = new Set<string>();
  let smallest = token.length >= LONG ? 2 : 1;
  for (const live of segments) {
    const { segment } = live;
    segment.typos ??= TypoIndex.build(segment.terms);
    segment.typos.candidates(token, prefix, token.length >= LONG ? 2 : 1, (term, distance) => {
      if (distance > smallest || !isLive(live, term)) return;
      if (distance < smallest) found.clear();
      smallest = distance;
      found.add(segment.terms[term]!);
    });
  }
  return [...found].sort();
}

function isLive({ segment, alive, dead, tagCounts }: LiveSegment, term: number): boolean {
  if (dead === 0) return true;
  for (const { starts, values } of [segment.inName, segment.inText]) {
    for (let at = starts[term]!; at < starts[term + 1]!; at++) if (hasBit(alive, values[at]!)) return true;
  }
  const { starts, values } = segment.tagsOfTerm;
  for (let at = starts[term]!; at < starts[term + 1]!; at++) if (tagCounts[values[at]!]! > 0) return true;
  return false;
}

/** Every way to cut the token in two that both occur in names. */
function cutsOf(segments: readonly LiveSegment[], token: string, prefix: boolean): [string, string][] {
  const inNames = (text: string, beginning: boolean): boolean =>
    segments.some(({ segment }) => {
      const [from, to] = termRange(segment, text, beginning);
      return segment.inName.starts[from] !== segment.inName.starts[to];
    });
  const cuts: [string, string][] = [];
  for (let at = SHORTEST_PART; at <= token.length - SHORTEST_PART; at++) {
    const parts: [string, string] = [token.slice(0, at), token.slice(at)];
    if (inNames(parts[0], false) && inNames(parts[1], prefix)) cuts.push(parts);
  }
  return cuts;
}
