import { walk } from './card-walk';

/** Two rows of three, the last with two. */
const grid = [0, 1, 2, 3, 4].map((n) => ({ left: (n % 3) * 100, top: Math.floor(n / 3) * 200, width: 90 }));

describe('walk', () => {
  it('goes by column within a row and stays at its ends', () => {
    expect(walk(grid, 0, 'ArrowRight')).toBe(1);
    expect(walk(grid, 2, 'ArrowRight')).toBe(2);
    expect(walk(grid, 3, 'ArrowLeft')).toBe(3);
    expect(walk(grid, 1, 'Home')).toBe(0);
    expect(walk(grid, 3, 'End')).toBe(4);
  });

  it('goes by row to the nearest card', () => {
    expect(walk(grid, 1, 'ArrowDown')).toBe(4);
    expect(walk(grid, 2, 'ArrowDown')).toBe(4);
    expect(walk(grid, 4, 'ArrowUp')).toBe(1);
    expect(walk(grid, 4, 'ArrowDown')).toBe(4);
  });

  it('leads from the first row back to the box', () => {
    expect(walk(grid, 2, 'ArrowUp')).toBe('box');
  });

  it('counts a lifted card to its row', () => {
    const lifted = grid.map((place, index) => (index === 1 ? { ...place, top: -4 } : place));
    expect(walk(lifted, 0, 'ArrowRight')).toBe(1);
  });
});
