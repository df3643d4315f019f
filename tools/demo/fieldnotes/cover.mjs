/** A stream of numbers in [0, 1) that the same text always gives (mulberry32 over an FNV-1a hash). */
function random(text) {
  let state = 2166136261;
  for (const character of text) state = Math.imul(state ^ character.codePointAt(0), 16777619);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** An SVG landscape made from a title: layered hills under a sun, in one family of hues. */
export function cover(title) {
  const next = random(title);
  const hue = Math.floor(next() * 360);
  const hills = Array.from({ length: 5 }, (_, layer) => {
    const base = 150 + layer * 42;
    let path = `M0 400 L0 ${base}`;
    let y = base;
    for (let x = 0; x <= 800; x += 100) {
      const ny = base + (next() - 0.5) * (90 - layer * 10);
      path += ` C${x + 35} ${y} ${x + 65} ${ny} ${x + 100} ${ny}`;
      y = ny;
    }
    return `<path d="${path} L900 400 Z" fill="hsl(${(hue + layer * 9) % 360} ${38 + layer * 4}% ${70 - layer * 12}%)"/>`;
  });
  const [sunX, sunY, size] = [120 + next() * 560, 70 + next() * 70, 32 + next() * 34];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 400" preserveAspectRatio="xMidYMid slice"><defs><linearGradient id="s" x1="0" x2="0" y1="0" y2="1"><stop stop-color="hsl(${(hue + 200) % 360} 45% 82%)"/><stop offset="1" stop-color="hsl(${(hue + 30) % 360} 75% 88%)"/></linearGradient></defs><rect width="800" height="400" fill="url(#s)"/><circle cx="${sunX.toFixed(0)}" cy="${sunY.toFixed(0)}" r="${size.toFixed(0)}" fill="hsl(${(hue + 35) % 360} 90% 96%)"/>${hills.join('')}</svg>`;
}
