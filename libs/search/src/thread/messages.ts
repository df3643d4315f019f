import type { SearchDocument } from '../document';
import type { IndexStats, RelatedDocument, SearchAnswer, SearchOptions, Suggestion } from '../index/answers';
import type { SearchQuery } from '../query/search-query';
import type { PackedSegment } from '../segments/pack';

/** A new index, and what was changed while it was built. */
export interface NewIndex {
  /** null: begin with nothing. */
  segment: PackedSegment | null;
  put: readonly SearchDocument[];
  removed: readonly string[];
}

/** What the main thread asks of the search worker. */
export interface Calls {
  search: { input: { query: SearchQuery; options: SearchOptions }; output: SearchAnswer };
  suggest: { input: { text: string; limit: number }; output: Suggestion[] };
  related: { input: { id: string; limit: number }; output: RelatedDocument[] };
  stats: { input: undefined; output: IndexStats };
  put: { input: readonly SearchDocument[]; output: undefined };
  remove: { input: readonly string[]; output: undefined };
  adopt: { input: NewIndex; output: IndexStats };
}
export type CallName = keyof Calls;

/** Several go in one message: those that one turn of the event loop has brought together. */
export type Call = {
  [Name in CallName]: {
    /** Grows with each call. */
    number: number;
    name: Name;
    input: Calls[Name]['input'];
    /** Milliseconds since 1970 after which nobody waits for the answer any more; null: never. */
    deadline: number | null;
  };
}[CallName];

/** An error as it crosses from one thread to the other. */
export type Thrown =
  | { kind: 'query'; reason: string; position: number }
  /** Its deadline was over when its turn came. */
  | { kind: 'late' }
  | { kind: 'unexpected'; message: string; stack: string | undefined };

export type Reply = { number: number; value: Calls[CallName]['output'] } | { number: number; thrown: Thrown };

/** To the worker that builds an index. */
export type BuildMessage = { add: readonly SearchDocument[] } | { finish: true };
/** From it: a batch is indexed and another may come; or all is done. */
export type BuildReply = { added: number } | { segment: PackedSegment };
