import type { AnsiStyle } from './ansi';

/** Red, green, blue: 0–255 each. */
type Rgb = readonly [number, number, number];

const NAMES = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'] as const;
/** The log's own ground and ink (tokens.css: --log-paper, --log-ink), the same in light and dark. */
const PAPER: Rgb = [12, 20, 18];
/** As light as that ground gets, where a line is marked. */
const MARKED_PAPER: Rgb = [34, 37, 32];
const INK: Rgb = [217, 224, 218];
/** The sixteen as grounds; as ink alone they are tokens. */
const SIXTEEN: readonly Rgb[] = [
  [48, 60, 56], [140, 47, 33], [31, 107, 74], [125, 84, 12], [36, 83, 150], [118, 58, 130], [18, 104, 108], [205, 213, 206],
  [113, 128, 122], [242, 139, 117], [127, 214, 168], [236, 192, 106], [134, 179, 238], [216, 162, 224], [116, 207, 209], [238, 242, 238],
];
/** What WCAG 2 asks of text (1.4.3). */
const CONTRAST = 4.5;

/** A colour of the 256 (https://invisible-island.net/xterm: 16–231 a cube of six steps, 232–255 greys) or a true colour. */
export function rgbOf(colour: number | string): Rgb {
  if (typeof colour === 'string') return [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16)) as unknown as Rgb;
  if (colour < 16) return SIXTEEN[colour] ?? INK;
  if (colour >= 232) {
    const grey = 8 + (colour - 232) * 10;
    return [grey, grey, grey];
  }
  const step = (value: number): number => (value === 0 ? 0 : 55 + value * 40);
  const cube = colour - 16;
  return [step(Math.floor(cube / 36)), step(Math.floor(cube / 6) % 6), step(cube % 6)];
}

function luminance(rgb: Rgb): number {
  const [red = 0, green = 0, blue = 0] = rgb.map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

export function contrastOf(one: Rgb, other: Rgb): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

/** The ink, moved towards white or black as far as it takes to be read on that ground. */
export function readableOn(ink: Rgb, ground: Rgb): Rgb {
  const white: Rgb = [255, 255, 255];
  const black: Rgb = [0, 0, 0];
  const towards = contrastOf(white, ground) >= contrastOf(black, ground) ? white : black;
  for (let share = 0; share < 1; share += 0.1) {
    const mixed = ink.map((value, index) => Math.round(value + ((towards[index] ?? 0) - value) * share)) as unknown as Rgb;
    if (contrastOf(mixed, ground) >= CONTRAST) return mixed;
  }
  return towards;
}

const css = ([red, green, blue]: Rgb): string => `rgb(${red} ${green} ${blue})`;

/** Colours of a span for the `style` of an element: tokens where the ground is the log's own, else a pair that can be read. */
export function coloursOf({ fg, bg, inverse }: AnsiStyle): { color?: string; background?: string } {
  if (bg === undefined && !inverse) {
    if (fg === undefined) return {};
    return { color: typeof fg === 'number' && fg < 16 ? `var(--ansi-${NAMES[fg % 8]})` : css(readableOn(rgbOf(fg), MARKED_PAPER)) };
  }
  const ink = fg === undefined ? INK : rgbOf(typeof fg === 'number' && fg < 8 ? fg + 8 : fg);
  const ground = bg === undefined ? PAPER : rgbOf(bg);
  const [front, back] = inverse ? [ground, ink] : [ink, ground];
  return { color: css(readableOn(front, back)), background: css(back) };
}
