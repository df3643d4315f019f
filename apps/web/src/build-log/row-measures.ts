import { TIME_LETTERS, type Times } from './line-time';
import type { RowMeasures } from './row-layout';
import type { ScreenSize } from './use-screen-size';

/** As the style sheet has them: `--log-line`, `--log-header`, and the room beside the text. */
const LINE_PX = 20;
const HEADER_PX = 36;
/** For fingers. */
const HIGH_HEADER_PX = 44;
const PADDING_PX = 16;
const GAP_PX = 12;
const NARROW_PX = 640;

export interface LogMeasures extends RowMeasures {
  /** Letters that the largest number takes. */
  digits: number;
}

/** How many letters stand in a line, and how high rows are. */
export function rowMeasures({ widthPx, letterPx }: ScreenSize, lines: number, times: Times, wrap: boolean): LogMeasures {
  const digits = Math.max(3, String(lines).length);
  const beside = (digits + TIME_LETTERS[times]) * letterPx + PADDING_PX * 2 + GAP_PX * (times === 'none' ? 1 : 2);
  const columns = wrap ? Math.max(10, Math.floor((widthPx - beside) / letterPx)) : Infinity;
  return { columns, linePx: LINE_PX, headerPx: widthPx < NARROW_PX ? HIGH_HEADER_PX : HEADER_PX, digits };
}
