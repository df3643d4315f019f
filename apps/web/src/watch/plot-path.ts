/** Places for figures on a plot: a new one comes in at the right and the others move left. */
export const PLOT_WIDTH = 120;
export const PLOT_HEIGHT = 32;
const PLACES = 60;

/**
 * The line of a plot, as the `d` of an SVG path (https://www.w3.org/TR/SVG2/paths.html#PathData), newest figure at the right.
 * @param top what reaches the upper edge; figures above it stay there
 */
export function plotPath(figures: readonly number[], top: number): string {
  const shown = figures.slice(-PLACES);
  const step = PLOT_WIDTH / (PLACES - 1);
  return shown
    .map((figure, index) => {
      const x = PLOT_WIDTH - (shown.length - 1 - index) * step;
      const y = PLOT_HEIGHT - (Math.min(Math.max(figure, 0), top) / (top > 0 ? top : 1)) * PLOT_HEIGHT;
      return `${index === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`;
    })
    .join('');
}

/** The same closed down to the axis, for the surface below the line. */
export function plotArea(figures: readonly number[], top: number): string {
  const line = plotPath(figures, top);
  if (line === '') return '';
  const first = PLOT_WIDTH - (Math.min(figures.length, PLACES) - 1) * (PLOT_WIDTH / (PLACES - 1));
  return `${line}V${PLOT_HEIGHT}H${first.toFixed(1)}Z`;
}

/** A top for a plot that shows the figures at a readable height: the highest of them with some air, at most `limit`. */
export function plotTop(figures: readonly number[], limit: number): number {
  const highest = Math.max(0, ...figures);
  return Math.min(limit, Math.max(highest * 1.25, limit / 10));
}
