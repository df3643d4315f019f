/** A cover drawn for an app that has no picture: the same name and main tag always give the same one. */
export interface CoverModel {
  /** Three colours from ground to light, and the ink of the letters. */
  palette: Palette;
  pattern: CoverPattern;
  /** Direction of the ground's gradient, in degrees. */
  angle: number;
  monogram: string;
  /** Numbers in [0, 1) for the pattern to place its shapes by. */
  dice: readonly number[];
}

export interface Palette {
  deep: string;
  ground: string;
  light: string;
}

export const COVER_PATTERNS = ['sunrise', 'reeds', 'river', 'scales', 'pyramids', 'stars', 'weave', 'lotus'] as const;
export type CoverPattern = (typeof COVER_PATTERNS)[number];

/** The pigments of Egyptian painting; light letters keep 4.5:1 on each ground. */
const PALETTES: readonly Palette[] = [
  { deep: '#073b31', ground: '#13705a', light: '#8fe0bd' }, // malachite
  { deep: '#10245a', ground: '#2a4fa3', light: '#a9c4ff' }, // lapis
  { deep: '#5a1d12', ground: '#a3432b', light: '#ffc7a8' }, // carnelian
  { deep: '#5b3b05', ground: '#946413', light: '#ffe0a1' }, // gold
  { deep: '#053f4a', ground: '#157586', light: '#a6ecf0' }, // turquoise
  { deep: '#3d1841', ground: '#7c3f82', light: '#eebdf0' }, // madder
  { deep: '#1c2a17', ground: '#4f6b32', light: '#d2e6a2' }, // reed
  { deep: '#1b2033', ground: '#49537a', light: '#c6cff2' }, // dusk
  { deep: '#4a1430', ground: '#993862', light: '#ffbfd8' }, // pomegranate
  { deep: '#3a2a14', ground: '#80623a', light: '#f2dcb4' }, // cedar
];

const DICE = 24;

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

/** The tag gives the family its pattern, the name gives the app its colour: neighbours stay apart, kin look alike. */
export function coverModel(name: string, mainTag: string | null): CoverModel {
  const seed = hashOf(`ankh ${name}`);
  const family = hashOf(`ankh ${mainTag ?? name}`);
  const roll = rollerOf(seed);
  return {
    palette: PALETTES[seed % PALETTES.length] ?? (PALETTES[0] as Palette),
    pattern: COVER_PATTERNS[family % COVER_PATTERNS.length] ?? 'sunrise',
    angle: Math.floor(roll() * 8) * 15 + 110,
    monogram: monogramOf(name),
    dice: Array.from({ length: DICE }, roll),
  };
}
