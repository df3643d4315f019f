import { type CoverColours, coverColours, coverTones } from './cover-colours';
import { type Glyph, glyphOf } from './cover-glyphs';

/** A cover drawn for an app that has no picture: the same app always has the same one. */
export interface CoverModel {
  colours: CoverColours;
  composition: Composition;
  glyph: Glyph;
  /** One or two letters of the name. */
  monogram: string;
  /** The name in lines, for a cover that is lettered; empty where it is too long for one. */
  lines: readonly string[];
  /** Numbers in [0, 1) for the composition to place its shapes by. */
  dice: readonly number[];
}

export const COMPOSITIONS = ['giant', 'disc', 'split', 'pillars', 'cartouche', 'steps', 'rays', 'echo', 'mosaic', 'lettered', 'horizon', 'facets'] as const;
export type Composition = (typeof COMPOSITIONS)[number];

const DICE = 16;
const LINES_MOST = 3;
const LINE_LENGTH = 11;

/** FNV-1a in 32 bits with MurmurHash3's last mixing, so that names alike end far apart. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** mulberry32: numbers in [0, 1) that follow from the seed alone. */
function rollerOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

export function monogramOf(name: string): string {
  const words = name.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  const letters = words.length > 1 ? words.slice(0, 2).map((word) => [...word][0] ?? '') : [...(words[0] ?? '')].slice(0, 2);
  const [first = '', second = ''] = letters;
  return first.toLocaleUpperCase('en') + (words.length > 1 ? second.toLocaleUpperCase('en') : second.toLocaleLowerCase('en'));
}

/** The name's words, one a line; empty where they do not fit. */
export function linesOf(name: string): string[] {
  const lines = name.split(/[\s_-]+/u).filter(Boolean);
  return lines.length <= LINES_MOST && lines.every((line) => line.length <= LINE_LENGTH) ? lines : [];
}

/**
 * The main tag gives the family its hue and its sign, the name its letters, the slug all else: kin can be told for kin, and
 * neighbours apart, namesakes too.
 */
export function coverModel({ name, slug }: { name: string; slug: string }, mainTag: { key: string; value: string } | null): CoverModel {
  const roll = rollerOf(hashOf(`ankh ${slug}`));
  const family = rollerOf(hashOf(`ankh ${mainTag ? `${mainTag.key}:${mainTag.value}` : slug}`))();
  const colours = coverColours(coverTones(family, [roll(), roll(), roll()]));
  const lines = linesOf(name);
  const drawn = COMPOSITIONS[Math.floor(roll() * COMPOSITIONS.length)] ?? 'giant';
  return {
    colours,
    composition: drawn === 'lettered' && lines.length === 0 ? 'giant' : drawn,
    glyph: glyphOf(mainTag?.value),
    monogram: monogramOf(name),
    lines,
    dice: Array.from({ length: DICE }, roll),
  };
}
