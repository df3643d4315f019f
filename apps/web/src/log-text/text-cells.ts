import { plainText } from './ansi';

const TAB = 8;
const PRINTABLE = /^[ -~]*$/;
const NO_WIDTH = /^[\p{Mn}\p{Me}\u200b-\u200d\ufe00-\ufe0f]$/u;
/** East Asian wide and emoji, as far as terminals draw them over two cells (Unicode TR 11). */
const WIDE = /^[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]$/u;

/** How many columns of a terminal a line takes, tabs expanded. */
export function cellsOf(text: string): number {
  const plain = plainText(text);
  if (PRINTABLE.test(plain)) return plain.length;
  let cells = 0;
  for (const character of plain) {
    if (character === '\t') cells += TAB - (cells % TAB);
    else if (!NO_WIDTH.test(character)) cells += WIDE.test(character) ? 2 : 1;
  }
  return cells;
}
