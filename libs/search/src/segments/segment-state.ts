import { type Bitset, fullBitset, hasBit, removeBit } from './bitset';
import { documentOf } from './id-column';
import { countOfRow } from './postings';
import { type Segment, tagNumber } from './segment';

/** What a merge needs to know. */
export interface SegmentState {
  readonly segment: Segment;
  readonly alive: Bitset;
}

/** A segment in use: which of its documents still count, and how often each tag and key occurs among them. */
export class LiveSegment implements SegmentState {
  readonly alive: Bitset;
  living: number;
  readonly tagCounts: Uint32Array;
  /** Distinct keys of tags, sorted, and how many living documents have any tag of each. */
  readonly keys: readonly string[];
  readonly keyCounts: Uint32Array;
  readonly keyOfTag: Uint32Array;
  private sameTags: { segment: Segment; tags: Int32Array } | undefined;

  constructor(readonly segment: Segment) {
    this.alive = fullBitset(segment.documents);
    this.living = segment.documents;
    this.tagCounts = Uint32Array.from(segment.tags.keys, (_, tag) => countOfRow(segment.documentsOfTag, tag));
    this.keys = [...new Set(segment.tags.keys)];
    const numbers = new Map(this.keys.map((key, number) => [key, number]));
    this.keyOfTag = Uint32Array.from(segment.tags.keys, (key) => numbers.get(key)!);
    this.keyCounts = new Uint32Array(this.keys.length);
    for (let document = 0; document < segment.documents; document++) this.countKeys(document, 1);
  }

  get dead(): number {
    return this.segment.documents - this.living;
  }

  /** @returns the document, or -1 where there is none or it is dead */
  find(id: string): number {
    const document = documentOf(this.segment.ids, id);
    return document !== -1 && hasBit(this.alive, document) ? document : -1;
  }

  /** @returns whether the document was alive */
  kill(id: string): boolean {
    const document = this.find(id);
    if (document === -1) return false;
    removeBit(this.alive, document);
    this.living--;
    const { starts, values } = this.segment.tagsOf;
    for (let at = starts[document]!; at < starts[document + 1]!; at++) this.tagCounts[values[at]!]!--;
    this.countKeys(document, -1);
    return true;
  }

  /** The number of each tag in another segment; -1 where it is not there. Kept for the last one asked for. */
  tagsIn({ segment }: LiveSegment): Int32Array {
    if (this.sameTags?.segment !== segment) {
      const { keys, values, folded } = this.segment.tags;
      this.sameTags = { segment, tags: Int32Array.from(keys, (key, tag) => tagNumber(segment.tags, key, folded[tag]!, values[tag]!)) };
    }
    return this.sameTags.tags;
  }

  private countKeys(document: number, by: 1 | -1): void {
    const { starts, values } = this.segment.tagsOf;
    let last = -1;
    // Sorted by tag, so by key: the tags of a key stand together.
    for (let at = starts[document]!; at < starts[document + 1]!; at++) {
      const key = this.keyOfTag[values[at]!]!;
      if (key !== last) this.keyCounts[key]! += by;
      last = key;
    }
  }
}
