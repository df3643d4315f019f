import { PLOT_HEIGHT, PLOT_WIDTH, plotArea, plotPath, plotTop } from './plot-path';

describe('plotPath', () => {
  it('has the newest figure at the right edge, and the floor and the ceiling where they belong', () => {
    expect(plotPath([0, 50, 100], 100)).toBe(`M115.9 32.0L118.0 16.0L${PLOT_WIDTH.toFixed(1)} 0.0`);
  });

  it('keeps within the plot, whatever comes', () => {
    expect(plotPath([-5, 900], 100)).toBe(`M118.0 ${PLOT_HEIGHT.toFixed(1)}L120.0 0.0`);
    expect(plotPath([1], 0)).toBe('M120.0 32.0');
    expect(plotPath([], 100)).toBe('');
    expect(plotPath(Array.from({ length: 200 }, () => 1), 1).match(/[ML]/g)).toHaveLength(60);
  });

  it('closes the surface below the line', () => {
    expect(plotArea([0, 100], 100)).toBe('M118.0 32.0L120.0 0.0V32H118.0Z');
    expect(plotArea([], 100)).toBe('');
  });
});

describe('plotTop', () => {
  it('leaves some air above the highest figure, and never goes beyond the limit', () => {
    expect(plotTop([20], 100)).toBe(25);
    expect(plotTop([99], 100)).toBe(100);
    expect(plotTop([], 100)).toBe(10);
  });
});
