interface Waiting {
  resolve: (delivery: Delivery | null) => void;
}

interface Stored {
  seq: number;
  id: string;
  data: Uint8Array;
  deliveries: number;
}

/** What became of a delivery, and when, in milliseconds of the clock that is set. */
export interface QueueEntry {
  at: number;
  what: 'delivered' | 'acked' | 'handed back' | 'terminated' | 'not heard of';
  id: string;
  delayMs?: number;
}

/** As much of nats.js' `JsMsg` as a consumer of jobs uses. */
type Delivery = ReturnType<FakeWorkQueue['deliver']>;

const NANOS_PER_MS = 1_000_000;

/**
 * A work queue of JetStream with one durable pull consumer, in memory and on whatever clock is set: with jest's fake one,
 * redelivery, backoff and acknowledgement times are exact. Stands in for the kit's `Nats` where jobs are pulled.
 */
export class FakeWorkQueue {
  readonly journal: QueueEntry[] = [];
  readonly connected = true;
  private readonly ready: Stored[] = [];
  private readonly waiting: Waiting[] = [];
  private readonly unacknowledged = new Map<number, NodeJS.Timeout>();
  private readonly begun = Date.now();
  private ackWaitMs = 30_000;
  private seq = 0;
  /** Deliveries of before this one are no longer heard. */
  private epoch = 0;

  /** Puts a job in. `payload`: as it travels, so anything. */
  add(id: string, payload: unknown): void {
    this.offer({ seq: ++this.seq, id, data: new TextEncoder().encode(JSON.stringify(payload)), deliveries: 0 });
  }

  /** As if the process that has pulled so far were killed: it is never heard of again. */
  killConsumers(): void {
    this.epoch++;
    this.waiting.length = 0;
  }

  /** Jobs that are neither acknowledged nor terminated. */
  get left(): number {
    return this.ready.length + this.unacknowledged.size + this.handedBack;
  }
  private handedBack = 0;

  onReconnect(): () => void {
    return () => undefined;
  }

  jetstreamManager() {
    const configure = (config: { ack_wait?: number }): Promise<void> => {
      this.ackWaitMs = (config.ack_wait ?? this.ackWaitMs * NANOS_PER_MS) / NANOS_PER_MS;
      return Promise.resolve();
    };
    return {
      consumers: {
        info: () => Promise.resolve({}),
        update: (_stream: string, _durable: string, config: { ack_wait?: number }) => configure(config),
        add: (_stream: string, config: { ack_wait?: number }) => configure(config),
      },
    };
  }

  jetstream() {
    return { consumers: { get: () => Promise.resolve({ next: ({ expires }: { expires: number }) => this.next(expires) }) } };
  }

  private next(expiresMs: number): Promise<Delivery | null> {
    const stored = this.ready.shift();
    if (stored) return Promise.resolve(this.deliver(stored));
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.waiting.splice(this.waiting.indexOf(waiting), 1);
        resolve(null);
      }, expiresMs);
      const waiting: Waiting = {
        resolve: (delivery) => {
          clearTimeout(timer);
          resolve(delivery);
        },
      };
      this.waiting.push(waiting);
    });
  }

  private offer(stored: Stored): void {
    const waiting = this.waiting.shift();
    if (waiting) waiting.resolve(this.deliver(stored));
    else this.ready.push(stored);
  }

  private deliver(stored: Stored) {
    const { epoch } = this;
    stored.deliveries++;
    this.note('delivered', stored);
    const awaitAck = (): void => {
      clearTimeout(this.unacknowledged.get(stored.seq));
      const timer = setTimeout(() => {
        this.unacknowledged.delete(stored.seq);
        this.note('not heard of', stored);
        this.offer(stored);
      }, this.ackWaitMs);
      this.unacknowledged.set(stored.seq, timer);
    };
    awaitAck();
    const settle = (what: QueueEntry['what'], delayMs?: number): boolean => {
      if (epoch !== this.epoch || !this.unacknowledged.has(stored.seq)) return false;
      clearTimeout(this.unacknowledged.get(stored.seq));
      this.unacknowledged.delete(stored.seq);
      this.note(what, stored, delayMs);
      return true;
    };
    return {
      seq: stored.seq,
      data: stored.data,
      headers: { get: (name: string) => (name === 'Nats-Msg-Id' ? stored.id : '') },
      info: { redeliveryCount: stored.deliveries, stream: 'JOBS', timestampNanos: 0 },
      working: () => void (epoch === this.epoch && awaitAck()),
      ack: () => void settle('acked'),
      ackAck: () => Promise.resolve(settle('acked')),
      term: () => void settle('terminated'),
      nak: (delayMs = 0) => {
        if (!settle('handed back', delayMs)) return;
        this.handedBack++;
        setTimeout(() => {
          this.handedBack--;
          this.offer(stored);
        }, delayMs);
      },
    };
  }

  private note(what: QueueEntry['what'], { id }: Stored, delayMs?: number): void {
    this.journal.push({ at: Date.now() - this.begun, what, id, ...(delayMs === undefined ? {} : { delayMs }) });
  }
}
