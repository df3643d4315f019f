import type { Logger, Nats } from '@osiris/service-kit';
import { setTimeout as delay } from 'node:timers/promises';
import { LogEntry } from './log-entry';
import type { LogPages } from './log-pages';

/** How often it is asked whether the log has ended: a killed worker sends no last chunk. */
const ASK_MS = 2_000;
const RETRY_MS = 500;
const AHEAD = 8;
/** Of messages; what is read of them takes some times that. A single one may have more. */
const WINDOW_BYTES = 1024 * 1024;
const WINDOW_ENTRIES = 512;

/** Where one watcher is. */
export interface LogCursor {
  /** Of the telling that `sequence` belongs to: after a restart of NATS sequences may begin anew, and so does the reading. */
  telling: number;
  sequence: number;
}

/**
 * One live log for all of its watchers: a single consumer of JetStream reads what comes, and the newest entries stand in
 * a window from which each watcher takes at its own pace. Whoever falls out of it reads pages of what JetStream has kept
 * until it is back: nothing is held for anybody.
 */
export class SharedLog {
  private readonly waiting = new Set<() => void>();
  private readonly stopped = new AbortController();
  private readonly asking: NodeJS.Timeout;
  private readonly forget: () => void;
  private telling = 0;
  private window: LogEntry[] = [];
  private windowBytes = 0;
  /** Every entry after this sequence is in the window; undefined until the consumer reads. */
  private floor: number | undefined;
  private stopConsumer: () => void = () => undefined;
  private over = false;
  private changes = 0;

  constructor(
    private readonly subject: string,
    ended: () => Promise<boolean>,
    private readonly pages: LogPages,
    private readonly nats: Nats,
    private readonly logger: Logger,
  ) {
    this.asking = setInterval(() => {
      ended().then((is) => is && this.end(), () => undefined);
    }, ASK_MS);
    this.forget = nats.onReconnect(() => this.stopConsumer());
    void this.read();
  }

  /** A watcher's place at the beginning. */
  cursor(): LogCursor {
    return { telling: 0, sequence: 0 };
  }

  /** The entry after the cursor, which it then stands at; undefined once the log has ended or the signal is aborted. */
  async next(cursor: LogCursor, signal: AbortSignal): Promise<LogEntry | undefined> {
    while (!this.over && !signal.aborted) {
      const { changes } = this;
      const entry = await this.look(cursor);
      if (entry) {
        cursor.sequence = entry.sequence;
        return entry;
      }
      if (this.behind(cursor)) await delay(RETRY_MS, undefined, { signal }).catch(() => undefined);
      // What came while it was being looked has told nobody who was not waiting yet.
      else if (changes === this.changes) await this.change(signal);
    }
    return undefined;
  }

  stop(): void {
    clearInterval(this.asking);
    this.forget();
    this.stopped.abort();
    this.stopConsumer();
    this.end();
  }

  private end(): void {
    this.over = true;
    this.wake();
  }

  private behind(cursor: LogCursor): boolean {
    return this.floor !== undefined && (cursor.telling !== this.telling || cursor.sequence < this.floor);
  }

  private async look(cursor: LogCursor): Promise<LogEntry | undefined> {
    if (cursor.telling !== this.telling) Object.assign(cursor, { telling: this.telling, sequence: 0 });
    if (this.floor === undefined) return undefined;
    if (cursor.sequence >= this.floor) return this.inWindow(cursor.sequence);
    const { floor, telling } = this;
    const entry = await this.pages.after(this.subject, cursor.sequence).catch((error: unknown) => {
      this.logger.debug({ err: error, subject: this.subject }, 'What is kept of a log cannot be read, trying again');
      return null;
    });
    if (entry === null || telling !== this.telling) return undefined;
    // What was to come before the window is purged: there is nothing until the floor.
    if (!entry) cursor.sequence = Math.max(cursor.sequence, floor);
    return entry ?? (this.behind(cursor) ? undefined : this.inWindow(cursor.sequence));
  }

  private inWindow(sequence: number): LogEntry | undefined {
    let [low, high] = [0, this.window.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.window[middle]?.sequence ?? 0) > sequence) high = middle;
      else low = middle + 1;
    }
    return this.window[low];
  }

  private change(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        this.waiting.delete(done);
        signal.removeEventListener('abort', done);
        resolve();
      };
      this.waiting.add(done);
      signal.addEventListener('abort', done, { once: true });
    });
  }

  private wake(): void {
    this.changes += 1;
    for (const done of [...this.waiting]) done();
  }

  private async read(): Promise<void> {
    for (;;) {
      await this.readOnce().catch((error: unknown) => {
        this.logger.debug({ err: error, subject: this.subject }, 'The live log cannot be read, trying again');
      });
      if (this.stopped.signal.aborted) return;
      await delay(RETRY_MS, undefined, { signal: this.stopped.signal }).catch(() => undefined);
    }
  }

  /** Reads from the newest message on until NATS goes away: then everything is told anew, and watchers drop what they know. */
  private async readOnce(): Promise<void> {
    const last = await this.pages.last(this.subject);
    const consumer = await this.nats.jetstream().consumers.get('LOGS', { filterSubjects: this.subject, opt_start_seq: last + 1 });
    const messages = await consumer.consume({ max_messages: AHEAD });
    this.stopConsumer = () => messages.stop();
    try {
      if (this.stopped.signal.aborted) return;
      this.telling += 1;
      this.window = [];
      this.windowBytes = 0;
      this.floor = last;
      this.wake();
      for await (const message of messages) this.take(message.seq, message.data);
    } finally {
      messages.stop();
      void consumer.delete().catch(() => undefined);
    }
  }

  private take(sequence: number, data: Uint8Array): void {
    const entry = LogEntry.read(sequence, data);
    if (!entry) return;
    this.window.push(entry);
    this.windowBytes += entry.bytes;
    while (this.window.length > 1 && (this.windowBytes > WINDOW_BYTES || this.window.length > WINDOW_ENTRIES)) {
      const oldest = this.window.shift();
      this.windowBytes -= oldest?.bytes ?? 0;
      this.floor = oldest?.sequence;
    }
    this.wake();
  }
}
