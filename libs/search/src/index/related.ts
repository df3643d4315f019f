import { type Bitset, hasBit } from '../segments/bitset';
import { idOf } from '../segments/id-column';
import { countOfRow, eachOfRows, type Postings } from '../segments/postings';
import { type Segment, tagNumber, termRange } from '../segments/segment';
import { DESCRIPTION, eachWord } from '../segments/text-column';
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
/** Of one document, the rarest. */
const MOST_FEATURES = 64;
const SHORTEST_WORD = 2;

/** Documents with the tags and words of this one, weighed by how rare those are (inverse document frequency; Spärck Jones 1972). */
export function related(segments: readonly LiveSegment[], id: string, limit: number): RelatedDocument[] {
  const home = segments.find((live) => live.find(id) !== -1);
  if (!home) return [];
  const document = home.find(id);
  const documents = segments.reduce((sum, { living }) => sum + living, 0);
  const most = Math.max(NEVER_COMMON, documents * COMMON_SHARE);
  const dead = segments.reduce((sum, live) => sum + live.dead, 0);
  const features = [...tagFeatures(segments, home.segment, document), ...wordFeatures(segments, home.segment, document)]
    // Frequencies of the lists, the dead included, tell cheaply what is certainly too common to be looked at.
    .filter(({ listed }) => listed <= most + dead)
    .sort((a, b) => a.listed - b.listed)
    .slice(0, MOST_FEATURES);
  const scores = segments.map(({ segment }) => new Scores(segment.documents));
  let entries = 0;
  for (const { weight, sharingIn } of features) {
    const sharing = segments.map(sharingIn);
    const frequency = sharing.reduce((sum, some) => sum + some.length, 0);
    if (frequency < 2 || frequency > most) continue;
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

/** Something that the document has and others may share. */
interface Feature {
  weight: number;
  /** How many documents the lists name at least, dead ones included. */
  listed: number;
  /** The living documents of a segment that share it. */
  sharingIn: (live: LiveSegment) => number[];
}

function tagFeatures(segments: readonly LiveSegment[], { tags, tagsOf }: Segment, document: number): Feature[] {
  const own = [...tagsOf.values.subarray(tagsOf.starts[document]!, tagsOf.starts[document + 1]!)].filter((tag) => !NO_FACETS.has(tags.keys[tag]!));
  return own.map((tag) => {
    const numberIn = ({ segment }: LiveSegment): number => tagNumber(segment.tags, tags.keys[tag]!, tags.folded[tag]!, tags.values[tag]!);
    return {
      weight: TAG_WEIGHT,
      listed: segments.reduce((sum, live) => sum + (numberIn(live) === -1 ? 0 : countOfRow(live.segment.documentsOfTag, numberIn(live))), 0),
      sharingIn: (live) => (numberIn(live) === -1 ? [] : livingOf(live.segment.documentsOfTag, numberIn(live), live.alive)),
    };
  });
}

function wordFeatures(segments: readonly LiveSegment[], { terms, names: { starts, values }, texts }: Segment, document: number): Feature[] {
  const own = new Set<string>();
  for (let at = starts[document]!; at < starts[document + 1]!; at++) own.add(terms[values[at]!]!);
  eachWord(texts, document, document + 1, (term, text) => {
    if (term !== -1 && text === DESCRIPTION) own.add(terms[term]!);
  });
  return [...own].filter((word) => word.length >= SHORTEST_WORD).sort().map((word) => ({
    weight: 1,
    // The greater of the two: a document may stand in both.
    listed: segments.reduce((sum, { segment }) => {
      const [term, end] = termRange(segment, word, false);
      return term === end ? sum : sum + Math.max(countOfRow(segment.inName, term), countOfRow(segment.inText, term));
    }, 0),
    sharingIn: ({ segment, alive }) => {
      const [term, end] = termRange(segment, word, false);
      if (term === end) return [];
      const named = livingOf(segment.inName, term, alive);
      const inName = new Set(named);
      return [...named, ...livingOf(segment.inText, term, alive).filter((other) => !inName.has(other))];
    },
  }));
}

function livingOf(documents: Postings, row: number, alive: Bitset): number[] {
  const living: number[] = [];
  eachOfRows(documents, row, row + 1, (document) => {
    if (hasBit(alive, document)) living.push(document);
  });
  return living;
}
