import type { LogLine } from '@osiris/contracts';
import { cellsOf } from '../log-text/text-cells';
import { bytes, longs, words } from './numbers';

/** Lines in one string. Larger ones cost more to cut a line out of, smaller ones more room. */
const BLOCK = 1_024;
const STREAMS: readonly LogLine['stream'][] = ['stdout', 'stderr', 'status'];
const MOST_CELLS = 0xffff;

/**
 * The lines of a log, by index (their number less one). A million lines are a thousand strings and a few typed arrays: about
 * twelve bytes a line beside its text, where an object a line would take some two hundred.
 */
export class LineStore {
  private readonly sealed: string[] = [];
  private open: string[] = [];
  /** Where the line ends in its block's string. */
  private readonly ends = longs();
  /** Milliseconds since the first line. */
  private readonly times = longs();
  private readonly streams = bytes();
  private readonly widths = words();
  private firstAt = 0;
  private blockLength = 0;
  /** Columns of the widest line. */
  widest = 0;

  get count(): number {
    return this.ends.length;
  }

  append({ text, at, stream }: Pick<LogLine, 'text' | 'at' | 'stream'>): void {
    const time = Date.parse(at);
    if (this.count === 0) this.firstAt = time;
    this.open.push(text);
    this.blockLength += text.length;
    this.ends.push(this.blockLength);
    this.times.push(Math.max(0, time - this.firstAt) || 0);
    this.streams.push(Math.max(0, STREAMS.indexOf(stream)));
    const cells = Math.min(cellsOf(text), MOST_CELLS);
    this.widths.push(cells);
    this.widest = Math.max(this.widest, cells);
    if (this.open.length === BLOCK) {
      this.sealed.push(this.open.join(''));
      this.open = [];
      this.blockLength = 0;
    }
  }

  text(index: number): string {
    const block = Math.floor(index / BLOCK);
    const place = index % BLOCK;
    if (block === this.sealed.length) return this.open[place] ?? '';
    return this.sealed[block]?.slice(place === 0 ? 0 : this.ends.at(index - 1), this.ends.at(index)) ?? '';
  }

  /** Milliseconds since the epoch. */
  at(index: number): number {
    return this.firstAt + this.times.at(index);
  }

  /** Milliseconds since the first line. */
  since(index: number): number {
    return this.times.at(index);
  }

  stream(index: number): LogLine['stream'] {
    return STREAMS[this.streams.at(index)] ?? 'stdout';
  }

  /** How many columns it takes. */
  cells(index: number): number {
    return this.widths.at(index);
  }
}
