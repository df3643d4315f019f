import type { LogLine } from '@osiris/contracts';

/** Characters of one line that are kept. */
const MAX_LINE = 16 * 1024;
/** A step's name stands on each of its lines: one that is a whole script would make the log many times as large. */
const MAX_STEP = 256;

/** A line as its producer knows it. `at`: when it was said, in milliseconds since the epoch; default: now. */
export type NewLogLine = Omit<LogLine, 'seq' | 'at'> & { at?: number };

/** Lines that wait to be published and spooled: as text, and as JSON. Not as objects, of which a flood would make millions. */
export class LogBatch {
  private readonly texts: string[] = [];
  private readonly jsons: string[] = [];
  /** Of the JSON, in bytes of UTF-8. */
  jsonBytes = 0;

  get isEmpty(): boolean {
    return this.texts.length === 0;
  }

  /** @returns the bytes of the line's text with its line feed */
  add(seq: number, { stream, text, step, stepId, event, durationMs, at }: NewLogLine): number {
    const kept = text.replace(/[\r\n]+$/, '').slice(0, MAX_LINE);
    const line: LogLine = { seq, at: instant(at ?? Date.now()), stream, step: step && shortened(step), stepId, event, durationMs, text: kept };
    const json = JSON.stringify(line);
    this.texts.push(kept);
    this.jsons.push(json);
    this.jsonBytes += Buffer.byteLength(json) + 1;
    return Buffer.byteLength(kept) + 1;
  }

  /** Each line's text and a line feed. */
  text(): string {
    return `${this.texts.join('\n')}\n`;
  }

  /** One `LogLine` a line (https://github.com/ndjson/ndjson-spec). */
  ndjson(): string {
    return `${this.jsons.join('\n')}\n`;
  }

  /** The lines as a JSON array. */
  jsonArray(): string {
    return `[${this.jsons.join(',')}]`;
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
