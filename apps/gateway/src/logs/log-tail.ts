import type { LogChunk, LogLine } from '@osiris/contracts';

/** A later run began while an earlier one's lines were being read: what was sent is not what will be stored. */
export class LogRestarted extends Error {
  override readonly name = 'LogRestarted';
}

const NONE: readonly LogLine[] = [];

/** Turns chunks, which may overlap after a reconnect, into each line once and in order. */
export class LogTail {
  private attempt = 0;
  private run: string | undefined;
  private readonly earlierRuns = new Set<string>();
  private given = false;
  private hole = false;
  private over = false;

  /** @param sent number of the last line that the reader has already. */
  constructor(private sent: number) {}

  get lastLine(): number {
    return this.sent;
  }

  /** Whether the reader was given lines: it cannot be given another log any more. */
  get begun(): boolean {
    return this.given;
  }

  /** Lines are missing (NATS lost them): only the stored log can go on from here. */
  get broken(): boolean {
    return this.hole;
  }

  /** Every line of the log was given. */
  get complete(): boolean {
    return this.over && !this.hole;
  }

  /**
   * The chunk's lines that the reader does not have: the chunk's own array where that is all of them.
   * @throws LogRestarted
   */
  accept(chunk: LogChunk): readonly LogLine[] {
    if (!this.belongs(chunk)) return NONE;
    this.over ||= chunk.end;
    const { lines } = chunk;
    const last = lines.at(-1)?.seq ?? 0;
    if (last <= this.sent) return NONE;
    const from = lines.findIndex(({ seq }) => seq > this.sent);
    this.hole = lines[from]?.seq !== this.sent + 1;
    if (this.hole) return NONE;
    this.sent = last;
    this.given = true;
    return from === 0 ? lines : lines.slice(from);
  }

  /** Whether the chunk is of the newest run, which it may begin. */
  private belongs(chunk: LogChunk): boolean {
    if (chunk.run === this.run && chunk.attempt === this.attempt) return true;
    if (chunk.attempt < this.attempt || this.earlierRuns.has(chunk.run)) return false;
    // A run begins at line 1; what goes on further down is of a worker that does not know yet that it was replaced.
    const begins = this.run === undefined || chunk.attempt > this.attempt || chunk.lines[0]?.seq === 1;
    if (!begins) return false;
    if (this.given) throw new LogRestarted(`Attempt ${chunk.attempt} writes this log anew`);
    if (this.run !== undefined && this.run !== chunk.run) this.earlierRuns.add(this.run);
    this.run = chunk.run;
    this.attempt = chunk.attempt;
    this.hole = false;
    this.over = false;
    return true;
  }
}

/** A tail for readers who are told which run a line is of: one that tells the log anew is followed from its first line. */
export class RunsTail {
  private tail: LogTail;

  /** @param sent number of the last line that the reader has already. */
  constructor(sent: number) {
    this.tail = new LogTail(sent);
  }

  get broken(): boolean {
    return this.tail.broken;
  }

  get complete(): boolean {
    return this.tail.complete;
  }

  /** As `LogTail.accept`, without its error. */
  accept(chunk: LogChunk): readonly LogLine[] {
    try {
      return this.tail.accept(chunk);
    } catch (error) {
      if (!(error instanceof LogRestarted)) throw error;
      this.tail = new LogTail(0);
      return this.tail.accept(chunk);
    }
  }
}
