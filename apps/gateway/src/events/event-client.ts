import type { WebSocket } from 'ws';
import type { FeedEvent, FeedListener } from './change-feed.service';
import { type EventFilter, wants } from './event-filter';
import type { LogReceiver } from './log-watcher';
import { setTimeout as delay } from 'node:timers/promises';

/** RFC 6455's registry: "try again later". */
export const TRY_AGAIN_LATER = 1013;
/** What may wait for one client in this process's memory. */
const MAX_BUFFERED_BYTES = 1024 * 1024;
const PACED_BYTES = 256 * 1024;
const PACED_MS = 30_000;
/** Bytes are text too: what many clients get is encoded once. */
const TEXT = { binary: false } as const;

/** One WebSocket. While it resumes it is told what it missed; from `goLive` on what happens. */
export class EventClient implements FeedListener, LogReceiver {
  private live = false;
  private cursor = 0;

  constructor(
    readonly filter: EventFilter,
    private readonly socket: WebSocket,
  ) {}

  get open(): boolean {
    return this.socket.readyState === this.socket.OPEN;
  }

  /** @param cursor sequence of the last event the client has. */
  goLive(cursor: number): void {
    this.cursor = cursor;
    this.live = true;
  }

  event(event: FeedEvent): void {
    if (!this.live || event.sequence <= this.cursor) return;
    this.cursor = event.sequence;
    if (wants(this.filter, event)) this.send(event.text);
  }

  reset(latest: number): void {
    this.cursor = latest;
    this.send(JSON.stringify(resetEvent(latest)));
  }

  get backlog(): number {
    return this.socket.bufferedAmount;
  }

  /** Closes a client that reads too slowly, rather than keeping for it what it does not fetch. */
  send(text: string | Buffer): void {
    if (!this.open) return;
    if (this.socket.bufferedAmount > MAX_BUFFERED_BYTES) this.socket.close(TRY_AGAIN_LATER, 'You read too slowly: resume with after=');
    else this.socket.send(text, TEXT);
  }

  /** For what is sent from store: waits for the reader instead of giving it up, up to half a minute. */
  async sendPaced(text: string | Buffer): Promise<void> {
    const deadline = Date.now() + PACED_MS;
    while (this.open && this.socket.bufferedAmount > PACED_BYTES && Date.now() < deadline) await delay(10);
    if (this.socket.bufferedAmount > PACED_BYTES) this.close('You read too slowly: resume with after=');
    else if (this.open) this.socket.send(text, TEXT);
  }

  close(reason: string): void {
    this.socket.close(TRY_AGAIN_LATER, reason);
  }
}

/** Not one of the hub's events: tells the client to read everything anew, and the sequence to go on from. */
function resetEvent(latest: number): object {
  return {
    specversion: '1.0',
    id: `reset-${latest}`,
    source: '/gateway',
    type: 'events.reset',
    time: new Date().toISOString(),
    sequence: latest,
    data: {},
  };
}
