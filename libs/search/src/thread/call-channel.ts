import type { Call, CallName, Calls, Reply } from './messages';
import { fromThrown, SearchThreadBusy } from './thread-errors';

/** Calls that may wait at the same time: a client more is told at once that there is too much to do. */
const MAX_WAITING = 2_000;
/** The worker refuses a late call itself; one that it does not even come to is refused here, this much later. */
const GRACE_MS = 50;

interface Waiting {
  resolve(value: never): void;
  reject(error: Error): void;
  deadline: number | null;
}

export interface CallOptions {
  /** Milliseconds until waiting is given up with SearchThreadBusy; null: never. */
  patienceMs: number | null;
}

/** Calls to a worker and their answers. Calls of one turn of the event loop travel in one message. */
export class CallChannel {
  private readonly waiting = new Map<number, Waiting>();
  private outgoing: Call[] = [];
  private count = 0;
  private timer: NodeJS.Timeout | undefined;
  private failure: Error | undefined;

  constructor(private readonly send: (calls: readonly Call[]) => void) {}

  call<Name extends CallName>(name: Name, input: Calls[Name]['input'], { patienceMs }: CallOptions): Promise<Calls[Name]['output']> {
    if (this.failure) return Promise.reject(this.failure);
    if (patienceMs !== null && this.waiting.size >= MAX_WAITING) return Promise.reject(new SearchThreadBusy());
    const deadline = patienceMs === null ? null : Date.now() + patienceMs;
    const number = ++this.count;
    if (this.outgoing.length === 0) queueMicrotask(() => this.flush());
    this.outgoing.push({ number, name, input, deadline } as Call);
    return new Promise((resolve, reject) => {
      this.waiting.set(number, { resolve, reject, deadline });
      if (deadline !== null) this.timer ??= this.lookAt(deadline);
    });
  }

  receive(replies: readonly Reply[]): void {
    for (const reply of replies) {
      const waiting = this.waiting.get(reply.number);
      if (!waiting) continue; // given up meanwhile
      this.waiting.delete(reply.number);
      if ('thrown' in reply) waiting.reject(fromThrown(reply.thrown));
      else waiting.resolve(reply.value as never);
    }
  }

  /** Nobody answers any more: what waits is rejected, and so is what comes. */
  fail(error: Error): void {
    this.failure = error;
    clearTimeout(this.timer);
    this.outgoing = [];
    for (const { reject } of this.waiting.values()) reject(error);
    this.waiting.clear();
  }

  private flush(): void {
    const calls = this.outgoing;
    this.outgoing = [];
    if (calls.length > 0) this.send(calls);
  }

  private lookAt(deadline: number): NodeJS.Timeout {
    return setTimeout(() => this.refuseLate(), Math.max(0, deadline - Date.now()) + GRACE_MS).unref();
  }

  /** Patience is the same for all, so those that have waited longest stand first. */
  private refuseLate(): void {
    this.timer = undefined;
    const now = Date.now();
    for (const [number, { reject, deadline }] of this.waiting) {
      if (deadline === null) continue;
      if (deadline > now) {
        this.timer = this.lookAt(deadline);
        return;
      }
      this.waiting.delete(number);
      reject(new SearchThreadBusy());
    }
  }
}
