import type { Highlight } from '@osiris/contracts';
import { pieces } from './highlight-pieces';

/** Text with what was searched for marked in it. */
export function Highlighted({ text, ranges }: { text: string; ranges: Highlight['ranges'] }) {
  return <>{pieces(text, ranges).map((piece) => (piece.marked ? <mark key={piece.start}>{piece.text}</mark> : piece.text))}</>;
}
