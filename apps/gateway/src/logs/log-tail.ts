import type { LogChunk } from '@osiris/contracts';
import { logText } from '@osiris/contracts';

/** A later run began while an earlier one's lines were being read: what was sent is not what will be stored. */
export class LogRestarted extends Error {
  override readonly name = 'LogRestarted';
}

/** Turns chunks, which may overlap after a reconnect, into each line once and in order. */
export class LogTail {
  private attempt = 0;
  private run: string | undefined;
  private readonly earlierRuns = new Set<string>();
  private emitted = false;
  private hole = false;
  private over = false;

  /** @param sent number of the last line that the reader has already. */
  constructor(private sent: number) {}

  get lastLine(): number {
    return this.sent;
  }

  /** Lines are missing (NATS lost them): only the stored log can go on from here. */
  get broken(): boolean {
    return this.hole;
  }

  /** Every line of the log was given. */
  get complete(): boolean {
    return this.over && !this.hole;
  }

  /** @throws LogRestarted */
  accept(chunk: LogChunk): string {
    if (!this.belongs(chunk)) return '';
    this.over ||= chunk.end;
    const fresh = chunk.lines.filter(({ seq }) => seq > this.sent);
    const first = fresh[0];
    if (first && first.seq !== this.sent + 1) this.hole = true;
    const last = fresh.at(-1);
    if (this.hole || !last) return '';
    this.sent = last.seq;
    this.emitted = true;
    return logText(fresh);
  }

  /** Whether the chunk is of the newest run, which it may begin. */
  private belongs(chunk: LogChunk): boolean {
    if (chunk.run === this.run && chunk.attempt === this.attempt) return true;
    if (chunk.attempt < this.attempt || this.earlierRuns.has(chunk.run)) return false;
    // A run begins at line 1; what goes on further down is of a worker that does not know yet that it was replaced.
    const begins = this.run === undefined || chunk.attempt > this.attempt || chunk.lines[0]?.seq === 1;
    if (!begins) return false;
    if (this.emitted) throw new LogRestarted(`Attempt ${chunk.attempt} writes this log anew`);
    if (this.run !== undefined && this.run !== chunk.run) this.earlierRuns.add(this.run);
    this.run = chunk.run;
    this.attempt = chunk.attempt;
    this.hole = false;
    this.over = false;
    return true;
  }
}

/** The bytes after the first `count` lines. */
export async function* bytesAfterLines(source: AsyncIterable<Uint8Array>, count: number): AsyncGenerator<Uint8Array> {
  let left = count;
  for await (const bytes of source) {
    let from = 0;
    while (left > 0) {
      const end = bytes.indexOf(0x0a, from);
      if (end < 0) break;
      left -= 1;
      from = end + 1;
    }
    if (left === 0 && from < bytes.length) yield bytes.subarray(from);
  }
}
