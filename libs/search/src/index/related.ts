import { type Bitset, hasBit } from '../segments/bitset';
import { idOf } from '../segments/id-column';
import { eachOfRows, type Postings } from '../segments/postings';
import { DESCRIPTION, FIELDS, lowerBound, NAME, type Segment, termRange } from '../segments/segment';
import type { LiveSegment } from '../segments/segment-state';
import type { RelatedDocument } from './answers';
import { NO_FACETS } from './facets';

/** A tag says more of what an app is than a word of its description. */
const TAG_WEIGHT = 2;
/** Shared by more than this share of all documents, a feature tells nothing apart… */
const COMMON_SHARE = 1 / 4;
/** …unless there are hardly any documents. */
const NEVER_COMMON = 8;
/** Entries looked at in all, the rarest features first: bounds the cost, and what is left out weighs least. */
const MOST_ENTRIES = 100_000;
const SHORTEST_WORD = 2;

/** Documents with the tags and words of this one, weighed by how rare those are (inverse document frequency; Spärck Jones 1972). */
export function related(segments: readonly LiveSegment[], id: string, limit: number): RelatedDocument[] {
  const home = segments.find((live) => live.find(id) !== -1);
  if (!home) return [];
  const document = home.find(id);
  const documents = segments.reduce((sum, { living }) => sum + living, 0);
  const most = Math.max(NEVER_COMMON, documents * COMMON_SHARE);
  const features = [
    ...tagsOf(home.segment, document).map((tag) => ({ weight: TAG_WEIGHT, sharing: segments.map((live) => havingTag(live, tag)) })),
    ...wordsOf(home.segment, document).map((word) => ({ weight: 1, sharing: segments.map((live) => havingWord(live, word)) })),
  ]
    .map(({ weight, sharing }) => ({ weight, sharing, frequency: sharing.reduce((sum, some) => sum + some.length, 0) }))
    .filter(({ frequency }) => frequency > 1 && frequency <= most)
    .sort((a, b) => a.frequency - b.frequency);

  const scores = segments.map(({ segment }) => new Scores(segment.documents));
  let entries = 0;
  for (const { weight, sharing, frequency } of features) {
    if ((entries += frequency) > MOST_ENTRIES) break;
    const each = weight * Math.log(documents / frequency);
    sharing.forEach((some, at) => scores[at]!.add(some, each));
  }
  scores[segments.indexOf(home)]!.drop(document);
  return best(segments, scores, limit);
}

class Scores {
  private readonly scores: Float64Array;
  private readonly touched: number[] = [];

  constructor(documents: number) {
    this.scores = new Float64Array(documents);
  }

  /** Weights are positive, but for one that every document shares: it adds nothing. */
  add(documents: readonly number[], weight: number): void {
    if (weight === 0) return;
    for (const document of documents) {
      if (this.scores[document] === 0) this.touched.push(document);
      this.scores[document]! += weight;
    }
  }

  drop(document: number): void {
    this.scores[document] = 0;
  }

  /** The best, greatest first, then by number: that is, by popularity. */
  best(limit: number): { document: number; score: number }[] {
    const found: { document: number; score: number }[] = [];
    let least = 0;
    for (const document of this.touched.sort((a, b) => a - b)) {
      const score = this.scores[document]!;
      if (score <= least) continue;
      found.push({ document, score });
      if (found.length < limit * 4) continue;
      // So many that most cannot be among the best: keep those, and ask more of the next.
      found.sort((a, b) => b.score - a.score || a.document - b.document).splice(limit);
      least = found[found.length - 1]!.score;
    }
    return found.sort((a, b) => b.score - a.score || a.document - b.document).slice(0, limit);
  }
}

function best(segments: readonly LiveSegment[], scores: readonly Scores[], limit: number): RelatedDocument[] {
  const found = scores.flatMap((ofSegment, at) => {
    const { segment } = segments[at]!;
    return ofSegment.best(limit).map(({ document, score }) => ({ id: idOf(segment.ids, document), score, popularity: segment.popularity[document]! }));
  });
  found.sort((a, b) => b.score - a.score || b.popularity - a.popularity || (a.id < b.id ? -1 : 1));
  return found.slice(0, limit).map(({ id, score }) => ({ id, score }));
}

interface Tag {
  key: string;
  value: string;
}

function tagsOf({ tags, tagsOf: { starts, values } }: Segment, document: number): Tag[] {
  return Array.from(values.subarray(starts[document]!, starts[document + 1]!), (tag) => ({ key: tags.keys[tag]!, value: tags.values[tag]! })).filter(
    ({ key }) => !NO_FACETS.has(key),
  );
}

function wordsOf({ terms, words: { starts, values } }: Segment, document: number): string[] {
  const found = new Set<string>();
  for (const field of [NAME, DESCRIPTION]) {
    const row = document * FIELDS.length + field;
    for (let at = starts[row]!; at < starts[row + 1]!; at++) found.add(terms[values[at]!]!);
  }
  return [...found].filter((word) => word.length >= SHORTEST_WORD).sort();
}

function havingTag({ segment, alive }: LiveSegment, { key, value }: Tag): number[] {
  const { tags, documentsOfTag } = segment;
  for (let tag = lowerBound(tags.keys, key); tag < tags.keys.length && tags.keys[tag] === key; tag++) {
    if (tags.values[tag] !== value) continue;
    return livingOf(documentsOfTag, tag, alive);
  }
  return [];
}

function havingWord({ segment, alive }: LiveSegment, word: string): number[] {
  const [from, to] = termRange(segment, word, false);
  if (from === to) return [];
  return [...new Set([...livingOf(segment.inName, from, alive), ...livingOf(segment.inText, from, alive)])];
}

function livingOf(documents: Postings, row: number, alive: Bitset): number[] {
  const living: number[] = [];
  eachOfRows(documents, row, row + 1, (document) => {
    if (hasBit(alive, document)) living.push(document);
  });
  return living;
}
