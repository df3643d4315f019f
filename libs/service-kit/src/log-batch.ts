import type { LogLine } from '@osiris/contracts';

/** Characters of one line that are kept. */
const MAX_LINE = 16 * 1024;
/** A step's name stands on each of its lines: one that is a whole script would make the log many times as large. */
const MAX_STEP = 256;

/** A line as its producer knows it. `at`: when it was said, in milliseconds since the epoch; default: now. */
export type NewLogLine = Omit<LogLine, 'seq' | 'at'> & { at?: number };

const LINE_FEED = 0x0a;
const COMMA = 0x2c;

/**
 * Lines that wait to be published and spooled, as bytes: as objects or strings, those of a flood would be millions, each
 * alive for just so long that the garbage collector takes it for something that stays.
 */
export class LogBatch {
  private readonly texts = new TextLines();
  private readonly jsons = new TextLines();

  get isEmpty(): boolean {
    return this.jsons.bytes === 0;
  }

  /** Of the JSON. */
  get jsonBytes(): number {
    return this.jsons.bytes;
  }

  /** @returns the bytes of the line's text with its line feed */
  add(seq: number, { stream, text, step, stepId, event, durationMs, at }: NewLogLine): number {
    const kept = text.replace(/[\r\n]+$/, '').slice(0, MAX_LINE);
    const line: LogLine = { seq, at: instant(at ?? Date.now()), stream, step: step && shortened(step), stepId, event, durationMs, text: kept };
    this.jsons.add(JSON.stringify(line));
    return this.texts.add(kept);
  }

  /** Each line's text and a line feed; good until the next `clear`. */
  text(): Buffer {
    return this.texts.view();
  }

  /** One `LogLine` a line (https://github.com/ndjson/ndjson-spec); good until the next `clear`. */
  ndjson(): Buffer {
    return this.jsons.view();
  }

  /** The lines as a JSON array between `head` and `tail`; a copy. */
  jsonArray(head: string, tail: string): Buffer {
    const all = Buffer.concat([Buffer.from(`${head}[`), this.jsons.view().subarray(0, -1), Buffer.from(`]${tail}`)]);
    // JSON of one line has no line feed within.
    for (let at = all.indexOf(LINE_FEED); at !== -1; at = all.indexOf(LINE_FEED, at + 1)) all[at] = COMMA;
    return all;
  }

  /** Ready for other lines, in the same memory. */
  clear(): void {
    this.texts.clear();
    this.jsons.clear();
  }
}

/** Lines as UTF-8 in one piece of memory, which grows. */
class TextLines {
  private buffer = Buffer.allocUnsafeSlow(64 * 1024);
  bytes = 0;

  /** @returns the bytes of the line, with its line feed */
  add(line: string): number {
    // A UTF-16 unit is at most three bytes of UTF-8.
    const most = this.bytes + line.length * 3 + 1;
    if (most > this.buffer.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(most, this.buffer.length * 2));
      this.buffer.copy(larger, 0, 0, this.bytes);
      this.buffer = larger;
    }
    const before = this.bytes;
    this.bytes += this.buffer.write(line, before);
    this.buffer[this.bytes++] = LINE_FEED;
    return this.bytes - before;
  }

  view(): Buffer {
    return this.buffer.subarray(0, this.bytes);
  }

  clear(): void {
    this.bytes = 0;
  }
}

const shortened = (step: string): string => (step.length > MAX_STEP ? `${step.slice(0, MAX_STEP - 1)}…` : step);

let last = { ms: Number.NaN, text: '' };
/** Of a flood, thousands of lines share their millisecond. */
function instant(ms: number): string {
  const whole = Math.trunc(ms);
  if (last.ms !== whole) last = { ms: whole, text: new Date(whole).toISOString() };
  return last.text;
}
