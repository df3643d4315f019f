import { Inject, Injectable } from '@nestjs/common';
import { LOGGER, type Logger, Nats } from '@osiris/service-kit';
import type { LogEntry } from './log-entry';
import { LogPages } from './log-pages';
import { SharedLog } from './shared-log';

/** Reads the stream `LOGS`: a log from its first line, and on as it grows. */
@Injectable()
export class LiveLogs {
  private readonly pages: LogPages;
  private readonly shared = new Map<string, { log: SharedLog; watchers: number }>();

  constructor(
    private readonly nats: Nats,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.pages = new LogPages(nats);
    nats.onReconnect(() => this.pages.forget());
  }

  /**
   * Entries from the first one on, shared with all who follow the same subject. After a restart of NATS it begins anew,
   * so entries may come twice. Ends when `ended` says so or the signal is aborted.
   */
  async *follow(subject: string, ended: () => Promise<boolean>, signal: AbortSignal): AsyncGenerator<LogEntry> {
    const shared = this.shared.get(subject) ?? { log: new SharedLog(subject, ended, this.pages, this.nats, this.logger), watchers: 0 };
    this.shared.set(subject, shared);
    shared.watchers += 1;
    try {
      const cursor = shared.log.cursor();
      for (let entry = await shared.log.next(cursor, signal); entry; entry = await shared.log.next(cursor, signal)) yield entry;
    } finally {
      shared.watchers -= 1;
      if (shared.watchers === 0) {
        this.shared.delete(subject);
        shared.log.stop();
      }
    }
  }

  /** Only the entries that are there now, after a sequence of the stream. */
  async *kept(subject: string, after = 0): AsyncGenerator<LogEntry> {
    const last = await this.pages.last(subject);
    for (let sequence = after; sequence < last; ) {
      const entry = await this.pages.after(subject, sequence);
      if (!entry) return;
      sequence = entry.sequence;
      yield entry;
    }
  }
}
