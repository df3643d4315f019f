import { SearchIndex } from '../index/search-index';
import type { Segment } from '../segments/segment';
import type { SegmentState } from '../segments/segment-state';
import { unpackSegment } from '../segments/pack';
import type { Call, CallName, Calls, NewIndex, Reply } from './messages';
import { toThrown } from './thread-errors';

/** A merge that failed (for want of memory, say) is not tried again before this, in milliseconds. */
const MERGE_RETRY_MS = 30_000;

export type Merge = (parts: readonly SegmentState[]) => Promise<Segment>;

/** The worker's side: has the index, answers calls in their order, and has segments merged in the background. */
export class IndexHost {
  private index = new SearchIndex();
  private merging = false;
  private mergeAfter = 0;

  constructor(
    private readonly merge: Merge,
    private readonly now: () => number = Date.now,
  ) {}

  answer(call: Call): Reply {
    const { number, deadline } = call;
    if (deadline !== null && this.now() > deadline) return { number, thrown: { kind: 'late' } };
    try {
      return { number, value: this.perform(call) };
    } catch (error) {
      return { number, thrown: toThrown(error) };
    }
  }

  private perform(call: Call): Calls[CallName]['output'] {
    switch (call.name) {
      case 'search':
        return this.index.search(call.input.query, call.input.options);
      case 'suggest':
        return this.index.suggest(call.input.text, call.input.limit);
      case 'related':
        return this.index.related(call.input.id, call.input.limit);
      case 'stats':
        return this.index.stats();
      case 'put':
        this.index.put(call.input);
        return this.mergeIfDue();
      case 'remove':
        this.index.remove(call.input);
        return this.mergeIfDue();
      case 'adopt':
        return this.adopt(call.input);
    }
  }

  private adopt({ segment, put, removed }: NewIndex): Calls['adopt']['output'] {
    const index = segment === null ? new SearchIndex() : new SearchIndex(unpackSegment(segment));
    index.remove(removed);
    index.put(put);
    this.index = index;
    this.mergeIfDue();
    return index.stats();
  }

  private mergeIfDue(): undefined {
    if (this.merging || this.now() < this.mergeAfter) return;
    const { index } = this;
    const parts = index.mergeDue();
    if (parts === null) return;
    this.merging = true;
    void this.merge(parts)
      .then((merged) => {
        // A new index may have taken its place: what was merged is of the old one then.
        if (index === this.index) index.completeMerge(parts, merged);
      })
      .catch((error: unknown) => {
        index.cancelMerge();
        this.mergeAfter = this.now() + MERGE_RETRY_MS;
        process.emitWarning(`Segments of the search index could not be merged: ${String(error)}`);
      })
      .finally(() => {
        this.merging = false;
        this.mergeIfDue();
      });
  }
}
