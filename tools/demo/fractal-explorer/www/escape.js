/**
 * Escape-time iteration with the normalised count n + 1 - log2(ln|z|), which makes bands into gradients
 * (https://en.wikipedia.org/wiki/Plotting_algorithms_for_the_Mandelbrot_set#Continuous_(smooth)_coloring).
 * @returns a smooth count, or -1 for a point that did not escape
 */
export function escape(zx, zy, cx, cy, limit) {
  let x = zx, y = zy, xx = x * x, yy = y * y, n = 0;
  let ox = 0, oy = 0, period = 0;
  while (n < limit && xx + yy < 256) {
    y = 2 * x * y + cy;
    x = xx - yy + cx;
    xx = x * x;
    yy = y * y;
    n++;
    // An orbit that comes back to where it was never escapes: no need to run to the limit.
    if (x === ox && y === oy) return -1;
    if (++period > 24) {
      period = 0;
      ox = x;
      oy = y;
    }
  }
  return n >= limit ? -1 : n + 1 - Math.log2(Math.log(xx + yy) / 2);
}

/** Colours at places from 0 to 1, on a circle: the last leads back to the first. */
export const PALETTES = {
  dusk: [[0, 0x0a1045], [0.16, 0x2468c8], [0.42, 0xf2fbff], [0.64, 0xffab24], [0.86, 0x180b1e]],
  ember: [[0, 0x14060b], [0.25, 0x8f1d2c], [0.45, 0xf26b21], [0.65, 0xffe9b0], [0.85, 0x5a2a52]],
  lagoon: [[0, 0x03242f], [0.25, 0x0d7f86], [0.5, 0xd9fbe6], [0.7, 0xf7c873], [0.88, 0x0f3d57]],
  orchid: [[0, 0x1d0b38], [0.25, 0x7b2ff7], [0.48, 0xffd6f2], [0.68, 0xf2559b], [0.88, 0x2b1055]],
  ink: [[0, 0x0b0c10], [0.3, 0x565d6b], [0.55, 0xfafafa], [0.8, 0x8d94a3], [0.92, 0x15171d]],
};
const table = new Map();

/** 1024 RGB triples of a palette, computed once, eased between its colours. */
export function colours(name) {
  if (!table.has(name)) {
    const stops = PALETTES[name];
    const bytes = new Uint8Array(1024 * 3);
    for (let i = 0; i < 1024; i++) {
      const at = i / 1024;
      const index = stops.findLastIndex(([place]) => place <= at);
      const [from, low] = stops[index];
      const [to, high] = stops[index + 1] ?? [1, stops[0][1]];
      const t = (at - from) / (to - from);
      const eased = t * t * (3 - 2 * t);
      for (let k = 0; k < 3; k++) {
        const [a, b] = [low, high].map((colour) => (colour >> (16 - 8 * k)) & 255);
        bytes[i * 3 + k] = a + (b - a) * eased;
      }
    }
    table.set(name, bytes);
  }
  return table.get(name);
}

/** Renders rows [from, to) of a view, one pixel in `step` squared, as RGBA. */
export function band({ x, y, scale, width, height, julia, palette, limit }, from, to, step) {
  const pixels = new Uint8ClampedArray(width * (to - from) * 4);
  const lut = colours(palette);
  for (let py = from; py < to; py += step) {
    const im = y + (py + step / 2 - height / 2) * scale;
    for (let px = 0; px < width; px += step) {
      const re = x + (px + step / 2 - width / 2) * scale;
      const count = julia ? escape(re, im, julia[0], julia[1], limit) : escape(0, 0, re, im, limit);
      let r = 6, g = 7, b = 16;
      if (count >= 0) {
        const index = (Math.floor(Math.sqrt(Math.max(0, count)) * 72) % 1024) * 3;
        r = lut[index];
        g = lut[index + 1];
        b = lut[index + 2];
      }
      for (let sy = py; sy < Math.min(py + step, to); sy++)
        for (let sx = px; sx < Math.min(px + step, width); sx++) {
          const at = ((sy - from) * width + sx) * 4;
          pixels[at] = r;
          pixels[at + 1] = g;
          pixels[at + 2] = b;
          pixels[at + 3] = 255;
        }
    }
  }
  return pixels;
}
