/** The rules, free of any page: a grid is sixteen tiles or nulls, row by row. */
export const SIZE = 4;
let nextId = 1;
export const tile = (value) => ({ id: nextId++, value });

const DIRECTIONS = { left: [0, -1], right: [0, 1], up: [-1, 0], down: [1, 0] };

/** The four lines of a direction, each from the wall the tiles fall towards. */
function lines(direction) {
  const [dy, dx] = DIRECTIONS[direction];
  return Array.from({ length: SIZE }, (_, line) =>
    Array.from({ length: SIZE }, (_, step) => {
      const along = dy + dx > 0 ? SIZE - 1 - step : step;
      return dx === 0 ? along * SIZE + line : line * SIZE + along;
    }),
  );
}

/** @returns the grid after a move, what it scored, whether anything moved, and which tiles were swallowed where */
export function slide(grid, direction) {
  const next = Array(SIZE * SIZE).fill(null);
  const swallowed = [];
  let gained = 0;
  for (const line of lines(direction)) {
    const tiles = line.map((index) => grid[index]).filter(Boolean);
    let target = 0;
    for (let i = 0; i < tiles.length; i++) {
      const place = line[target++];
      if (tiles[i + 1]?.value === tiles[i].value) {
        const merged = tile(tiles[i].value * 2);
        swallowed.push({ tile: tiles[i], place }, { tile: tiles[++i], place });
        next[place] = merged;
        gained += merged.value;
      } else next[place] = tiles[i];
    }
  }
  return { grid: next, gained, swallowed, moved: next.some((item, index) => item?.id !== grid[index]?.id) };
}

/** Puts a 2 (nine times in ten) or a 4 on a free cell. */
export function spawn(grid) {
  const free = grid.flatMap((item, index) => (item ? [] : [index]));
  if (free.length === 0) return grid;
  const place = free[Math.floor(Math.random() * free.length)];
  return grid.with(place, tile(Math.random() < 0.9 ? 2 : 4));
}

export const canMove = (grid) => Object.keys(DIRECTIONS).some((direction) => slide(grid, direction).moved);
export const highest = (grid) => Math.max(0, ...grid.map((item) => item?.value ?? 0));

/** One character per cell (its power of two in base 32), then the score: a whole game in a link. */
export const encode = ({ grid, score }) => `${grid.map((item) => (item ? Math.log2(item.value).toString(32) : '0')).join('')}.${score}`;
export function decode(text) {
  const [, cells, score] = /^([0-9a-h]{16})\.(\d{1,9})$/.exec(text) ?? [];
  if (!cells) return null;
  const grid = [...cells].map((power) => (power === '0' ? null : tile(2 ** parseInt(power, 32))));
  return grid.some(Boolean) ? { grid, score: Number(score) } : null;
}
