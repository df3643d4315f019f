import type { Nats } from '@osiris/service-kit';
import { LogEntry } from './log-entry';

/** Of messages; what is read of them takes some times that. */
const PAGE_BYTES = 512 * 1024;
const PAGE_ENTRIES = 256;
const KEPT_PAGES = 24;
/** Consumers of JetStream at once, however many readers are behind. */
const AT_ONCE = 4;
/** Messages asked for ahead of what is read; each has up to 1 MiB. */
const AHEAD = 8;
/** Silence after which a page is what came by then: what was counted may have been purged meanwhile. */
const SILENCE_MS = 2_000;

interface Page {
  subject: string;
  /** It holds every message of the subject after sequence `from`, up to and with `to`. */
  from: number;
  to: number;
  entries: LogEntry[];
}

/** What `LOGS` has kept, read by pages that are shared by all who read at about the same place. */
export class LogPages {
  /** The last used first. */
  private pages: Page[] = [];
  private readonly loading = new Map<string, Promise<Page>>();
  private readonly waiting: (() => void)[] = [];
  private busy = 0;

  constructor(private readonly nats: Nats) {}

  /** Forgets what was read: NATS may have come back with other messages under the same sequences. */
  forget(): void {
    this.pages = [];
    this.loading.clear();
  }

  /** The subject's last sequence; 0 where it has none. */
  async last(subject: string): Promise<number> {
    return (await this.find({ last_by_subj: subject }))?.seq ?? 0;
  }

  /** The first entry after a sequence; undefined where there is none now. */
  async after(subject: string, sequence: number): Promise<LogEntry | undefined> {
    for (let from = sequence; ; ) {
      const page = await this.pageAfter(subject, from);
      const entry = page.entries.find((each) => each.sequence > from);
      if (entry || page.to <= from) return entry;
      // Nothing in it could be read.
      from = page.to;
    }
  }

  private async pageAfter(subject: string, from: number): Promise<Page> {
    const kept = this.pages.find((page) => page.subject === subject && page.from <= from && from < page.to);
    if (kept) {
      this.keep(kept);
      return kept;
    }
    const key = `${subject} ${from}`;
    const loading = this.loading.get(key) ?? this.load(subject, from);
    if (!this.loading.has(key)) {
      this.loading.set(key, loading);
      const done = (): void => void (this.loading.get(key) === loading && this.loading.delete(key));
      loading.then((page) => {
        if (this.loading.get(key) === loading && page.to > page.from) this.keep(page);
        done();
      }, done);
    }
    return loading;
  }

  private keep(page: Page): void {
    this.pages = [page, ...this.pages.filter((each) => each !== page)].slice(0, KEPT_PAGES);
  }

  private async load(subject: string, from: number): Promise<Page> {
    await this.turn();
    try {
      const page: Page = { subject, from, to: from, entries: [] };
      const first = await this.find({ seq: from + 1, next_by_subj: subject });
      if (first) await this.fill(page, first.seq);
      return page;
    } finally {
      this.busy -= 1;
      this.waiting.shift()?.();
    }
  }

  private async fill(page: Page, first: number): Promise<void> {
    const consumer = await this.nats.jetstream().consumers.get('LOGS', { filterSubjects: page.subject, opt_start_seq: first });
    const messages = await consumer.consume({ max_messages: AHEAD });
    const giveUp = setTimeout(() => messages.stop(), SILENCE_MS);
    let bytes = 0;
    try {
      for await (const message of messages) {
        giveUp.refresh();
        const entry = LogEntry.read(message.seq, message.data);
        if (entry) page.entries.push(entry);
        page.to = message.seq;
        bytes += message.data.length;
        if (message.info.pending === 0 || bytes >= PAGE_BYTES || page.entries.length >= PAGE_ENTRIES) break;
      }
    } finally {
      clearTimeout(giveUp);
      messages.stop();
      // It would stay for five minutes otherwise.
      void consumer.delete().catch(() => undefined);
    }
  }

  private async turn(): Promise<void> {
    while (this.busy >= AT_ONCE) await new Promise<void>((resolve) => this.waiting.push(resolve));
    this.busy += 1;
  }

  /** By the stream's own look-up, which makes no consumer. */
  private async find(query: { seq: number; next_by_subj: string } | { last_by_subj: string }): Promise<{ seq: number } | undefined> {
    return this.nats.jetstreamManager().streams.getMessage('LOGS', query).catch((error: unknown) => {
      if (isNoMessage(error)) return undefined;
      throw error;
    });
  }
}

/** https://github.com/nats-io/nats-server/blob/main/server/errors.json: JSNoMessageFoundErr */
function isNoMessage(error: unknown): boolean {
  return (error as { api_error?: { err_code?: number } }).api_error?.err_code === 10037;
}
