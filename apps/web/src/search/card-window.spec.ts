import { windowOf } from './card-window';

const grid = { columns: 4, pitch: 300 };

describe('windowOf', () => {
  it('has a short list as a whole', () => {
    expect(windowOf(48, grid, -5000, 800)).toEqual({ from: 0, to: 48, rowsBefore: 0, rowsAfter: 0 });
    expect(windowOf(400, { columns: 0, pitch: 0 }, 0, 800)).toMatchObject({ from: 0, to: 400 });
  });

  it('has the rows that are seen and two around them', () => {
    expect(windowOf(400, grid, 100, 800)).toEqual({ from: 0, to: 20, rowsBefore: 0, rowsAfter: 95 });
    expect(windowOf(400, grid, -3000, 800)).toEqual({ from: 32, to: 60, rowsBefore: 8, rowsAfter: 85 });
  });

  it('ends with the list, however far one has scrolled', () => {
    const end = windowOf(401, grid, -30_000, 800);
    expect(end).toMatchObject({ to: 401, rowsAfter: 0 });
    expect(windowOf(401, grid, -300_000, 800).from).toBeLessThan(401);
  });

  it('begins at the first card of a row', () => {
    for (let top = 0; top > -30_000; top -= 777) expect(windowOf(400, grid, top, 800).from % 4).toBe(0);
  });
});
