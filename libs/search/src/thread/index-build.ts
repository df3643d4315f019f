import type { Worker } from 'node:worker_threads';
import type { SearchDocument } from '../document';
import type { IndexStats } from '../index/answers';
import type { PackedSegment } from '../segments/pack';
import type { BuildReply, NewIndex } from './messages';
import { SearchThreadLost } from './thread-errors';
import { startWorker } from './worker-files';

/** Batches sent and not yet indexed: whoever reads faster than the worker indexes waits, instead of filling the memory. */
const BATCHES_AHEAD = 2;
const YOUNG_MB = 48;

/** An index on its way. Its worker ends with it, and all the garbage of building goes with the worker. */
export class IndexBuild {
  private readonly worker: Worker;
  /** The newest state of each document that was changed since the beginning; null: removed. */
  private readonly changes = new Map<string, SearchDocument | null>();
  private readonly ended: Promise<PackedSegment>;
  private ahead = 0;
  private room: (() => void) | undefined;
  private open = true;

  constructor(private readonly adopt: (index: NewIndex) => Promise<IndexStats>) {
    this.worker = startWorker('build', { youngMb: YOUNG_MB });
    this.ended = new Promise((resolve, reject) => {
      this.worker.on('message', (reply: BuildReply) => {
        if ('segment' in reply) return resolve(reply.segment);
        this.ahead--;
        this.room?.();
      });
      const end = (cause: unknown): void => {
        this.open = false;
        reject(new SearchThreadLost(cause));
        this.room?.();
      };
      this.worker.once('error', end);
      this.worker.once('exit', end);
    });
    this.ended.catch(() => undefined); // told by `add` and `finish`
  }

  get isOpen(): boolean {
    return this.open;
  }

  /** Each id once. Resolves when the next batch may come. @throws SearchThreadLost */
  async add(documents: readonly SearchDocument[]): Promise<void> {
    if (!this.open) await this.ended;
    this.worker.postMessage({ add: documents });
    this.ahead++;
    while (this.open && this.ahead >= BATCHES_AHEAD) {
      await new Promise<void>((resolve) => (this.room = resolve));
      this.room = undefined;
    }
    if (!this.open) await this.ended;
  }

  /** Has the new index serve. @throws SearchThreadLost */
  async finish(): Promise<IndexStats> {
    this.worker.postMessage({ finish: true });
    const segment = await this.ended;
    this.open = false;
    // From here on changes reach the new index itself, after this call: none is lost in between.
    const put = [...this.changes.values()].filter((document) => document !== null);
    const removed = [...this.changes].filter(([, document]) => document === null).map(([id]) => id);
    const adopted = this.adopt({ segment, put, removed });
    await this.worker.terminate();
    return adopted;
  }

  /** Ends it without result. */
  async abort(): Promise<void> {
    this.open = false;
    await this.worker.terminate();
  }

  /** Keeps what changes in the serving index meanwhile. */
  changed(put: readonly SearchDocument[], removed: readonly string[]): void {
    if (!this.open) return;
    for (const document of put) this.changes.set(document.id, document);
    for (const id of removed) this.changes.set(id, null);
  }
}
