import { TypoIndex } from '../typos/typo-index';
import type { Segment, TagTable } from './segment';

/** Texts as one: handed over by copying once, not text by text. No token, tag or owner holds a NUL. */
type Joined = string;
type Texts = 'terms' | 'owners' | 'states';

/** A segment as it goes from one thread to another: texts joined, columns on shared memory. */
export interface PackedSegment extends Omit<Segment, Texts | 'tags' | 'typos'>, Record<Texts, Joined> {
  tags: Pick<TagTable, 'words' | 'byValue'> & Record<'keys' | 'values' | 'folded', Joined>;
  typos: ReturnType<TypoIndex['pack']> | null;
}

const join = (texts: readonly string[]): Joined => texts.map((text) => `${text}\0`).join('');
const split = (texts: Joined): string[] => texts.split('\0').slice(0, -1);

export function packSegment(segment: Segment): PackedSegment {
  const { tags } = segment;
  return {
    ...segment,
    terms: join(segment.terms),
    owners: join(segment.owners),
    states: join(segment.states),
    tags: { words: tags.words, byValue: tags.byValue, keys: join(tags.keys), values: join(tags.values), folded: join(tags.folded) },
    typos: segment.typos?.pack() ?? null,
  };
}

export function unpackSegment(packed: PackedSegment): Segment {
  const { tags } = packed;
  const terms = split(packed.terms);
  return {
    ...packed,
    terms,
    owners: split(packed.owners),
    states: split(packed.states),
    tags: { words: tags.words, byValue: tags.byValue, keys: split(tags.keys), values: split(tags.values), folded: split(tags.folded) },
    typos: packed.typos && TypoIndex.unpack(terms, packed.typos),
  };
}
