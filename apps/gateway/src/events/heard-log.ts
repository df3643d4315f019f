import type { LogChunk, LogLine } from '@osiris/contracts';
import type { Logger } from '@osiris/service-kit';
import type { LogEntry } from '../logs/log-entry';
import { RunsTail } from '../logs/log-tail';

/** Chunks that are held while those that were missed are being read; those beyond are read too. */
const MAX_MEANWHILE = 16;

/**
 * One log as it is heard over NATS, where a chunk may come twice (its publisher tried again) or not at all (NATS was
 * away): told on are its lines once and in order, from the first that was heard.
 */
export class HeardLog {
  private tail: RunsTail | undefined;
  private meanwhile: LogChunk[] | undefined;
  private missedMore = false;

  constructor(
    readonly appId: string,
    private readonly tell: (chunk: LogChunk, lines: readonly LogLine[]) => void,
    private readonly kept: (after: number) => AsyncIterable<LogEntry>,
    private readonly logger: Logger,
  ) {}

  hear(chunk: LogChunk): void {
    if (this.meanwhile) {
      if (this.meanwhile.length < MAX_MEANWHILE) this.meanwhile.push(chunk);
      else this.missedMore = true;
      return;
    }
    this.accept(chunk);
    if (this.tail?.broken) void this.catchUp(chunk);
  }

  /** Something was said that nobody wanted: whoever comes next begins with what is heard then. */
  pass(): void {
    this.tail = undefined;
  }

  /** Tells what was missed, from what JetStream has kept. @param heardLast which showed that lines are missing */
  async catchUp(heardLast?: LogChunk): Promise<void> {
    if (this.meanwhile || !this.tail) return;
    let heard: LogChunk[] = [];
    let sequence = 0;
    try {
      do {
        this.missedMore = false;
        heard = this.meanwhile = heardLast ? [heardLast] : [];
        for await (const entry of this.kept(sequence)) {
          this.accept(entry.chunk);
          ({ sequence } = entry);
        }
      } while (this.missedMore);
    } catch (error) {
      this.logger.debug({ err: error }, 'Log lines that were missed cannot be read');
    }
    this.meanwhile = undefined;
    // Lost for good: the numbers of the lines that come next show it.
    if (this.tail?.broken) this.tail = undefined;
    for (const chunk of heard) this.hear(chunk);
  }

  private accept(chunk: LogChunk): void {
    this.tail ??= new RunsTail((chunk.lines[0]?.seq ?? 1) - 1);
    const lines = this.tail.accept(chunk);
    if (lines.length > 0 || (chunk.end && this.tail.complete)) this.tell(chunk, lines);
  }
}
