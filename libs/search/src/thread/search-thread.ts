import type { Worker } from 'node:worker_threads';
import type { SearchDocument } from '../document';
import type { IndexStats, RelatedDocument, SearchAnswer, SearchOptions, Suggestion } from '../index/answers';
import type { SearchQuery } from '../query/search-query';
import { CallChannel } from './call-channel';
import { IndexBuild } from './index-build';
import type { Reply } from './messages';
import { SearchThreadLost } from './thread-errors';
import { startWorker } from './worker-files';

/** How long a question may wait for its answer before it is refused, in milliseconds. */
const PATIENCE_MS = 2_000;
/** Documents in one message: questions that come meanwhile wait for no more than these. */
const PUT_AT_ONCE = 200;
const YOUNG_MB = 16;

const PATIENT = { patienceMs: null };

export interface SearchThreadOptions {
  /** Milliseconds that a question may wait; 2,000. */
  patienceMs?: number;
}

/**
 * An index in a worker thread, so that no query holds up the event loop. Answers promises; a query that the index refuses
 * rejects with its QueryError, one that has waited too long with SearchThreadBusy. When the worker dies, what was asked
 * rejects with SearchThreadLost and `onLost` is called: the next `build` starts another.
 */
export class SearchThread {
  private worker: Worker | undefined;
  private channel: CallChannel | undefined;
  private openBuild: IndexBuild | undefined;
  private readonly lostListeners = new Set<(cause: unknown) => void>();
  private changing: Promise<void> = Promise.resolve();
  private readonly question: { patienceMs: number };

  private constructor({ patienceMs = PATIENCE_MS }: SearchThreadOptions) {
    this.question = { patienceMs };
  }

  /** With an empty index. */
  static start(options: SearchThreadOptions = {}): SearchThread {
    const thread = new SearchThread(options);
    thread.running();
    return thread;
  }

  /** The worker ended by itself; nothing is found until an index is built anew. */
  onLost(listener: (cause: unknown) => void): void {
    this.lostListeners.add(listener);
  }

  /** @throws QueryError, SearchThreadBusy, SearchThreadLost */
  search(query: SearchQuery, options: SearchOptions): Promise<SearchAnswer> {
    return this.ask.call('search', { query, options }, this.question);
  }

  suggest(text: string, limit: number): Promise<Suggestion[]> {
    return this.ask.call('suggest', { text, limit }, this.question);
  }

  related(id: string, limit: number): Promise<RelatedDocument[]> {
    return this.ask.call('related', { id, limit }, this.question);
  }

  stats(): Promise<IndexStats> {
    return this.ask.call('stats', undefined, this.question);
  }

  /** Adds or replaces; resolves once searches find them. Changes take effect in the order of the calls. */
  put(documents: readonly SearchDocument[]): Promise<void> {
    return this.inOrder(async () => {
      this.openBuild?.changed(documents, []);
      for (let at = 0; at < documents.length; at += PUT_AT_ONCE) await this.ask.call('put', documents.slice(at, at + PUT_AT_ONCE), PATIENT);
    });
  }

  remove(ids: readonly string[]): Promise<void> {
    return this.inOrder(async () => {
      this.openBuild?.changed([], ids);
      await this.ask.call('remove', ids, PATIENT);
    });
  }

  /** A large put is several messages: what comes after must not overtake the last of them. */
  private inOrder(change: () => Promise<void>): Promise<void> {
    const done = this.changing.then(change);
    this.changing = done.catch(() => undefined);
    return done;
  }

  /**
   * A new index, built in a thread of its own beside the one that serves, which it replaces at its `finish`. What is put
   * and removed meanwhile counts in both.
   * @throws Error where one is being built already
   */
  build(): IndexBuild {
    if (this.openBuild?.isOpen) throw new Error('An index is being built already');
    this.openBuild = new IndexBuild((index) => {
      this.openBuild = undefined;
      return this.running().call('adopt', index, PATIENT);
    });
    return this.openBuild;
  }

  /** What is still asked rejects with SearchThreadLost. */
  async close(): Promise<void> {
    await this.openBuild?.abort();
    const { worker, channel } = this;
    this.worker = undefined;
    this.channel = undefined;
    channel?.fail(new SearchThreadLost());
    await worker?.terminate();
  }

  private get ask(): Pick<CallChannel, 'call'> {
    return this.channel ?? { call: () => Promise.reject(new SearchThreadLost()) };
  }

  private running(): CallChannel {
    if (this.channel) return this.channel;
    const worker = startWorker('search', { youngMb: YOUNG_MB });
    const channel = new CallChannel((calls) => worker.postMessage(calls));
    worker.on('message', (replies: readonly Reply[]) => channel.receive(replies));
    worker.once('error', (error) => this.lost(worker, error));
    worker.once('exit', (code) => this.lost(worker, new Error(`The worker exited with ${code}`)));
    this.worker = worker;
    this.channel = channel;
    return channel;
  }

  private lost(worker: Worker, cause: unknown): void {
    if (this.worker !== worker) return; // closed, or known already
    const { channel } = this;
    this.worker = undefined;
    this.channel = undefined;
    channel?.fail(new SearchThreadLost(cause));
    for (const listener of this.lostListeners) listener(cause);
  }
}
