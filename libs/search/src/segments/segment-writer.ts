import type { SearchDocument } from '../document';
import { foldText } from '../text/fold';
import { eachToken } from '../text/tokenize';
import { assemble } from './assemble';
import { eachBit } from './bitset';
import { GrowingU32, type Lists } from './columns';
import { type Draft, Interned } from './draft';
import { idOf } from './id-column';
import { SEGMENT_LIMITS, type SegmentLimits } from './limits';
import type { Segment } from './segment';
import type { SegmentState } from './segment-state';
import { eachWord, TEXTS } from './text-column';

/** The part of a slug before the slash, folded: what `owner:` compares with. */
export const ownerOfSlug = (slug: string): string => foldText(slug.slice(0, Math.max(0, slug.indexOf('/')))).replaceAll('\0', '');

/** Gathers documents, each id once, and makes a segment of them. */
export class SegmentWriter {
  private readonly draft: Draft = {
    ids: [],
    popularity: [],
    createdAt: [],
    states: new Interned(),
    stateOf: new GrowingU32(),
    owners: new Interned(),
    ownerOf: new GrowingU32(),
    terms: new Interned(),
    nameCounts: new GrowingU32(),
    names: new GrowingU32(),
    wordCounts: new GrowingU32(),
    words: new GrowingU32(),
    tags: new Interned(),
    tagCounts: new GrowingU32(),
    tagsOf: new GrowingU32(),
  };

  constructor(private readonly limits: SegmentLimits = SEGMENT_LIMITS) {}

  get documents(): number {
    return this.draft.ids.length;
  }

  add(document: SearchDocument): void {
    const { draft } = this;
    draft.ids.push(document.id);
    // A number that does not compare would put the whole order out of joint.
    draft.popularity.push(Number.isFinite(document.popularity) ? document.popularity : 0);
    draft.createdAt.push(Number.isFinite(document.createdAt) ? document.createdAt : 0);
    draft.stateOf.push(draft.states.numberOf(document.status));
    draft.ownerOf.push(draft.owners.numberOf(ownerOfSlug(document.slug)));
    this.addWords(document.name, draft.names, draft.nameCounts);
    for (const text of TEXTS) this.addWords(document[text], draft.words, draft.wordCounts);
    // NUL is what separates texts within the index.
    const tags = new Set(document.tags.filter(({ key, value }) => !`${key}${value}`.includes('\0')).map(({ key, value }) => `${key}\0${value}`));
    draft.tagCounts.push(tags.size);
    for (const tag of tags) draft.tagsOf.push(draft.tags.numberOf(tag));
  }

  private addWords(text: string, words: GrowingU32, counts: GrowingU32): void {
    const before = words.length;
    eachToken(text, (token) => words.push(this.draft.terms.numberOf(token)));
    counts.push(words.length - before);
  }

  /** Adds the living documents of a segment from its columns: no text is read again. */
  addFrom({ segment, alive }: SegmentState): void {
    const { draft } = this;
    const terms = renumbering(segment.terms.length, (term) => draft.terms.numberOf(segment.terms[term]!));
    const tags = renumbering(segment.tags.keys.length, (tag) => draft.tags.numberOf(`${segment.tags.keys[tag]!}\0${segment.tags.values[tag]!}`));
    const owners = renumbering(segment.owners.length, (owner) => draft.owners.numberOf(segment.owners[owner]!));
    eachBit(alive, (document) => {
      draft.ids.push(idOf(segment.ids, document));
      draft.popularity.push(segment.popularity[document]!);
      draft.createdAt.push(segment.createdAt[document]!);
      draft.stateOf.push(draft.states.numberOf(segment.states[segment.stateOf[document]!]!));
      draft.ownerOf.push(owners(segment.ownerOf[document]!));
      draft.nameCounts.push(copyRow(segment.names, document, terms, draft.names));
      let before = draft.words.length;
      eachWord(segment.texts, document, document + 1, (term) => {
        if (term !== -1) return void draft.words.push(terms(term));
        draft.wordCounts.push(draft.words.length - before);
        before = draft.words.length;
      });
      draft.tagCounts.push(copyRow(segment.tagsOf, document, tags, draft.tagsOf));
    });
  }

  finish(): Segment {
    return assemble(this.draft, this.limits);
  }
}

/** Remembers the new number of each old one, which is asked for when first met. */
function renumbering(rows: number, numberOf: (row: number) => number): (row: number) => number {
  const known = new Int32Array(rows).fill(-1);
  return (row) => {
    if (known[row] === -1) known[row] = numberOf(row);
    return known[row]!;
  };
}

function copyRow({ starts, values }: Lists<Uint16Array | Uint32Array>, row: number, renumbered: (value: number) => number, to: GrowingU32): number {
  for (let at = starts[row]!; at < starts[row + 1]!; at++) to.push(renumbered(values[at]!));
  return starts[row + 1]! - starts[row]!;
}

/** One segment of the living documents of several. Reads columns only: made for another thread. */
export function mergeSegments(parts: readonly SegmentState[], limits?: SegmentLimits): Segment {
  const writer = new SegmentWriter(limits);
  for (const part of parts) writer.addFrom(part);
  return writer.finish();
}
