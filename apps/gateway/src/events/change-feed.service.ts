import { type BeforeApplicationShutdown, Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Change, eventList, type HubEvent } from '@osiris/contracts';
import { decodeJson, LOGGER, type Logger, Nats, Requests } from '@osiris/service-kit';
import type { Subscription } from 'nats';
import { setTimeout as delay } from 'node:timers/promises';
import { PreviewUrls } from '../previews/preview-urls.service';

/** An event as every client gets it: written out once, however many there are. */
export interface FeedEvent {
  type: HubEvent['type'];
  subject: string;
  sequence: number;
  text: string;
}
export interface FeedListener {
  event(event: FeedEvent): void;
  /** What came before is not to be had: read anew, and go on from this sequence. */
  reset(latest: number): void;
}

const PAGE = 500;
const RETRY_MS = 1_000;
/** A change that was lost with nothing after it shows no gap: ask now and then. */
const ASK_MS = 10_000;

/**
 * The catalog's changes, each once and in order. They are heard as they pass over NATS; where one is missing (its
 * `previousSequence` is not the last one heard, or NATS was away), the catalog is asked for what was missed. NATS itself
 * is asked for nothing, so that it may come back empty.
 */
@Injectable()
export class ChangeFeed implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly listeners = new Set<FeedListener>();
  private last: number | null = null;
  private catchingUp = false;
  private heardMeanwhile = false;
  private stopped = false;
  private subscription: Subscription | undefined;
  private asking: NodeJS.Timeout | undefined;
  private forget: () => void = () => undefined;

  constructor(
    private readonly nats: Nats,
    private readonly requests: Requests,
    private readonly previewUrls: PreviewUrls,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.subscription = this.nats.connection.subscribe('changes.>', {
      callback: (error, message) => {
        if (!error) this.hear(message.data);
      },
    });
    this.forget = this.nats.onReconnect(() => void this.catchUp());
    this.asking = setInterval(() => void this.catchUp(), ASK_MS);
    void this.catchUp();
  }

  beforeApplicationShutdown(): void {
    this.stopped = true;
    this.forget();
    clearInterval(this.asking);
    this.subscription?.unsubscribe();
  }

  /** Sequence of the last event that listeners were told; null until the catalog has answered once. */
  get latest(): number | null {
    return this.last;
  }

  listen(listener: FeedListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  toFeedEvent(event: HubEvent): FeedEvent {
    const { type, subject, sequence = 0 } = event;
    return { type, subject, sequence, text: JSON.stringify(this.previewUrls.ofEvent(event)) };
  }

  private hear(data: Uint8Array): void {
    const decoded = decodeJson(data);
    const parsed = Change.safeParse('value' in decoded ? decoded.value : undefined);
    if (!parsed.success) {
      this.logger.error({ err: parsed.error }, 'A change does not fit its schema');
      return;
    }
    const { event, previousSequence } = parsed.data;
    // What passes while the catalog is being asked is in its next answer: it commits before it publishes.
    if (this.catchingUp || this.last === null) this.heardMeanwhile = true;
    else if (event.sequence === undefined || event.sequence <= this.last) return;
    else if (previousSequence === this.last) this.tell(event, event.sequence);
    else void this.catchUp();
  }

  private tell(event: HubEvent, sequence: number): void {
    this.last = sequence;
    const told = this.toFeedEvent(event);
    for (const listener of this.listeners) listener.event(told);
  }

  private async catchUp(): Promise<void> {
    if (this.catchingUp || this.stopped) return;
    this.catchingUp = true;
    while (!this.stopped) {
      try {
        this.heardMeanwhile = false;
        const more = await this.catchUpOnce();
        if (!more && !this.heardMeanwhile) break;
      } catch (error) {
        this.logger.debug({ err: error }, 'The catalog does not say what was missed, asking again');
        await delay(RETRY_MS, undefined, { ref: false });
      }
    }
    this.catchingUp = false;
  }

  /** @returns whether there may be more. */
  private async catchUpOnce(): Promise<boolean> {
    if (this.last === null) {
      this.last = (await this.requests.send(eventList, { after: 0, limit: 1 })).latest;
      return false;
    }
    const { items, reset, latest } = await this.requests.send(eventList, { after: this.last, limit: PAGE });
    if (reset || latest < this.last) {
      this.last = latest;
      for (const listener of this.listeners) listener.reset(latest);
      return false;
    }
    for (const event of items) if (event.sequence !== undefined && event.sequence > this.last) this.tell(event, event.sequence);
    // A page may be shorter than asked for: the catalog ends it before it outgrows a message.
    return items.length > 0 && this.last < latest;
  }
}
