import type { HubEvent } from '@osiris/contracts';

export type ConnectionState = 'connecting' | 'open' | 'reconnecting';

export interface EventSocketOptions {
  /** Narrows what comes, as `GET /events` has it. */
  types?: string;
  subject?: string;
  onEvent(event: HubEvent): void;
  onState(state: ConnectionState): void;
  /** What was missed can't be had by resuming: the page has to ask for its data again. */
  onGap(): void;
}

const FIRST_DELAY_MS = 300;
const LONGEST_DELAY_MS = 10_000;

/**
 * One WebSocket to `/events` that comes back by itself, with growing pauses, and resumes after the last sequence it
 * saw. A drop shorter than what the hub keeps loses nothing; a longer one is told as a gap.
 */
export class EventSocket {
  private socket: WebSocket | null = null;
  private lastSequence: number | null = null;
  private failures = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private everOpen = false;
  private closed = false;
  private readonly wake = (): void => this.retryNow();

  constructor(private readonly options: EventSocketOptions) {
    window.addEventListener('online', this.wake);
    this.connect();
  }

  close(): void {
    this.closed = true;
    window.removeEventListener('online', this.wake);
    clearTimeout(this.timer);
    this.socket?.close();
  }

  private connect(): void {
    this.options.onState(this.everOpen || this.failures > 0 ? 'reconnecting' : 'connecting');
    const socket = new WebSocket(this.address());
    this.socket = socket;
    socket.onopen = () => this.opened();
    socket.onmessage = ({ data }) => this.received(String(data));
    socket.onclose = () => {
      if (this.socket === socket) this.dropped();
    };
  }

  private address(): string {
    const url = new URL('/events', window.location.href);
    url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
    if (this.options.types) url.searchParams.set('types', this.options.types);
    if (this.options.subject) url.searchParams.set('subject', this.options.subject);
    if (this.lastSequence !== null) url.searchParams.set('after', String(this.lastSequence));
    return url.href;
  }

  private opened(): void {
    // Without a sequence there is nothing to resume by: what happened since the page asked may be missed.
    if (this.lastSequence === null) this.options.onGap();
    this.failures = 0;
    this.everOpen = true;
    this.options.onState('open');
  }

  private received(text: string): void {
    const event = JSON.parse(text) as HubEvent | { type: 'events.reset'; sequence?: number };
    if (typeof event.sequence === 'number') this.lastSequence = event.sequence;
    if (event.type === 'events.reset') {
      if (typeof event.sequence !== 'number') this.lastSequence = null;
      this.options.onGap();
      return;
    }
    this.options.onEvent(event);
  }

  private dropped(): void {
    this.socket = null;
    if (this.closed) return;
    const longest = Math.min(FIRST_DELAY_MS * 2 ** this.failures, LONGEST_DELAY_MS);
    this.failures++;
    this.options.onState('reconnecting');
    // Half of it by chance, so that not every page comes back in the same moment.
    this.timer = setTimeout(() => this.connect(), longest * (0.5 + Math.random() / 2));
  }

  private retryNow(): void {
    if (this.socket || this.closed) return;
    clearTimeout(this.timer);
    this.connect();
  }
}
