/** Colours of a cover, as CSS `oklch()`: equal lightness looks equally light in every hue, so contrast holds in all. */
export interface CoverColours {
  ground: string;
  /** Darker than the ground. */
  deep: string;
  /** Another hue, still dark enough to stand behind the letters. */
  accent: string;
  /** Bright, for what no letter stands on. */
  spark: string;
  /** Of letters and glyphs: 4.5:1 at least on ground, deep and accent. */
  light: string;
}

export interface Oklch {
  l: number;
  c: number;
  h: number;
}

export const oklch = ({ l, c, h }: Oklch): string => `oklch(${l} ${c} ${((h % 360) + 360) % 360})`;

/** Degrees. None between bronze and green: dark yellows are mud. Few of the reds and bronzes: dark, they are all brown. */
const HUES = [24, 58, 152, 174, 198, 224, 250, 274, 300, 326, 352];
const MUD = { from: 74, to: 138 };
const SHIFTS = [-12, 0, 12];
const LIGHTNESS = [0.36, 0.41, 0.46];
/** From the ground's hue to the accent's. */
const TURNS = [60, 110, 165, 200, 250, 300];

const pick = <T>(from: readonly [T, ...T[]] | readonly T[], die: number): T => from[Math.floor(die * from.length) % from.length] as T;

function outOfMud(hue: number): number {
  const around = ((hue % 360) + 360) % 360;
  if (around <= MUD.from || around >= MUD.to) return around;
  return around < (MUD.from + MUD.to) / 2 ? MUD.from : MUD.to + 10;
}

export interface CoverTones {
  ground: Oklch;
  deep: Oklch;
  accent: Oklch;
  spark: Oklch;
  light: Oklch;
}

/** @param family in [0, 1): the hue, the same for all apps of a main tag. @param dice in [0, 1): what sets an app apart in its family */
export function coverTones(family: number, dice: readonly [number, number, number]): CoverTones {
  const h = pick(HUES, family) + pick(SHIFTS, dice[0]);
  const l = pick(LIGHTNESS, dice[1]);
  const turned = outOfMud(h + pick(TURNS, dice[2]));
  return {
    ground: { l, c: 0.1, h },
    deep: { l: l - 0.1, c: 0.07, h },
    accent: { l: 0.49, c: 0.11, h: turned },
    spark: { l: 0.82, c: 0.12, h: turned },
    light: { l: 0.97, c: 0.02, h: 85 },
  };
}

export function coverColours(tones: CoverTones): CoverColours {
  return { ground: oklch(tones.ground), deep: oklch(tones.deep), accent: oklch(tones.accent), spark: oklch(tones.spark), light: oklch(tones.light) };
}
