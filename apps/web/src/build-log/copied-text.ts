import { plainText } from '../log-text/ansi';
import type { LineStore } from './line-store';
import type { LineRange } from './line-range';

/** Lines as text without colours, in the order in which they were written. */
export function textOfLines(store: LineStore, { from, to }: LineRange): string {
  const texts: string[] = [];
  for (let index = from - 1; index < Math.min(to, store.count); index++) texts.push(plainText(store.text(index)));
  return `${texts.join('\n')}\n`;
}
