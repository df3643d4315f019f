import fc from 'fast-check';
import { coverTones, type Oklch } from './cover-colours';

/** WCAG's relative luminance of a colour as screens show it, clipped to sRGB (https://bottosson.github.io/posts/oklab/). */
function luminance({ l, c, h }: Oklch): number {
  const a = c * Math.cos((h * Math.PI) / 180);
  const b = c * Math.sin((h * Math.PI) / 180);
  const long = (l + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const medium = (l - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const short = (l - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const clip = (part: number): number => Math.min(Math.max(part, 0), 1);
  const red = clip(4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short);
  const green = clip(-1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short);
  const blue = clip(-0.0041960863 * long - 0.7034186147 * medium + 1.707614701 * short);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
const contrast = (a: Oklch, b: Oklch): number => {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
};
const die = fc.double({ min: 0, max: 0.999999, noNaN: true });

describe('coverTones', () => {
  it('keeps letters readable on all that they may stand on', () => {
    fc.assert(
      fc.property(die, fc.tuple(die, die, die), (family, dice) => {
        const { light, ground, deep, accent } = coverTones(family, dice);
        for (const behind of [ground, deep, accent]) expect(contrast(light, behind)).toBeGreaterThanOrEqual(4.5);
      }),
    );
  });

  it('sets the accent off from its ground', () => {
    const { ground, accent } = coverTones(0.5, [0.5, 0.5, 0.5]);
    expect(Math.abs(((accent.h - ground.h + 540) % 360) - 180)).toBeGreaterThanOrEqual(59);
  });
});
