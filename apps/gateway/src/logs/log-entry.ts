import { LogChunk, type LogLine } from '@osiris/contracts';
import { decodeJson } from '@osiris/service-kit';
import { formatLines, type LogFormat } from './log-format';

/** One message of the stream `LOGS`, read once for all who watch. */
export class LogEntry {
  private readonly formatted = new Map<LogFormat, Buffer>();

  private constructor(
    /** Of the message in the stream. */
    readonly sequence: number,
    readonly chunk: LogChunk,
    /** Of the message: what it takes in memory is some times that. */
    readonly bytes: number,
  ) {}

  /** Undefined where the message is no LogChunk. */
  static read(sequence: number, data: Uint8Array): LogEntry | undefined {
    const decoded = decodeJson(data);
    const chunk = LogChunk.safeParse('value' in decoded ? decoded.value : undefined);
    return chunk.success ? new LogEntry(sequence, chunk.data, data.length) : undefined;
  }

  /** Some of this entry's lines as bytes; those of all its lines are made once and are the same for every watcher. */
  format(lines: readonly LogLine[], format: LogFormat): Buffer {
    if (lines !== this.chunk.lines) return Buffer.from(formatLines(lines, format));
    const made = this.formatted.get(format) ?? Buffer.from(formatLines(lines, format));
    this.formatted.set(format, made);
    return made;
  }
}
