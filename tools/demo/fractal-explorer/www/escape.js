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

/** Cosine palettes after Inigo Quilez (https://iquilezles.org/articles/palettes/): a + b cos(2π(ct + d)). */
export const PALETTES = {
  dusk: [[0.5, 0.45, 0.5], [0.5, 0.45, 0.45], [1, 1, 1], [0.02, 0.14, 0.28]],
  ember: [[0.55, 0.3, 0.18], [0.5, 0.35, 0.25], [1, 1, 1], [0.0, 0.08, 0.16]],
  lagoon: [[0.25, 0.5, 0.55], [0.3, 0.42, 0.4], [1, 1, 1], [0.55, 0.42, 0.32]],
  orchid: [[0.55, 0.35, 0.6], [0.45, 0.35, 0.35], [1, 1, 1], [0.85, 0.65, 0.5]],
  ink: [[0.55, 0.55, 0.57], [0.45, 0.45, 0.45], [1, 1, 1], [0.5, 0.5, 0.52]],
};
const table = new Map();

/** 1024 RGB triples of a palette, computed once. */
export function colours(name) {
  if (!table.has(name)) {
    const [a, b, c, d] = PALETTES[name];
    const bytes = new Uint8Array(1024 * 3);
    for (let i = 0; i < 1024; i++)
      for (let k = 0; k < 3; k++) bytes[i * 3 + k] = 255 * Math.min(1, Math.max(0, a[k] + b[k] * Math.cos(2 * Math.PI * (c[k] * (i / 1024) + d[k]))));
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
        const index = (Math.floor(Math.sqrt(Math.max(0, count)) * 96) % 1024) * 3;
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
