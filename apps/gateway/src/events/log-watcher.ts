import type { LogChunk, LogLine } from '@osiris/contracts';
import type { LogEntry } from '../logs/log-entry';
import { RunsTail } from '../logs/log-tail';
import { logEventBytes, type LogType } from './log-event';

/** Of one client, what may wait to be sent before it is taken to lag. */
const LAGGING_BYTES = 256 * 1024;

/** A client that wants log lines. */
export interface LogReceiver {
  /** Bytes that wait in this process's memory to be sent to it. */
  readonly backlog: number;
  send(bytes: Buffer): void;
  /** Waits for the client to take what it has; gives it up where it does not. */
  sendPaced(bytes: Buffer): Promise<void>;
}

export type FollowLog = (subject: string, signal: AbortSignal) => AsyncIterable<LogEntry>;

/**
 * One client's logs. It is told what comes as it comes; where it does not keep up with a log, it reads that one at its
 * own pace from what JetStream has kept, from the line on at which it fell behind. Nothing is left out or held for it.
 */
export class LogWatcher {
  private readonly lagging = new Set<string>();
  private readonly gone = new AbortController();

  constructor(
    private readonly type: LogType,
    private readonly receiver: LogReceiver,
    private readonly follow: FollowLog,
  ) {}

  tell(subject: string, chunk: LogChunk, lines: readonly LogLine[]): void {
    if (this.lagging.has(subject)) return;
    const first = lines[0];
    if (first && this.receiver.backlog > LAGGING_BYTES) void this.catchUp(subject, new RunsTail(first.seq - 1));
    else this.receiver.send(logEventBytes(this.type, chunk, lines));
  }

  leave(): void {
    this.gone.abort();
  }

  private async catchUp(subject: string, tail: RunsTail): Promise<void> {
    this.lagging.add(subject);
    for await (const { chunk } of this.follow(subject, this.gone.signal)) {
      const lines = tail.accept(chunk);
      if (lines.length > 0 || tail.complete) await this.receiver.sendPaced(logEventBytes(this.type, chunk, lines));
      if (tail.complete) break;
    }
    this.lagging.delete(subject);
  }
}
