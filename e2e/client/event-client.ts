import { WebSocket } from 'ws';
import type { HubEvent } from '@osiris/contracts';

/** One connection to `/events`, with all that came over it. */
export class EventClient {
  readonly received: HubEvent[] = [];
  readonly raw: string[] = [];
  #waiting: (() => void)[] = [];

  private constructor(private readonly socket: WebSocket) {
    socket.on('message', (data: Buffer) => {
      const text = data.toString();
      this.raw.push(text);
      this.received.push(JSON.parse(text) as HubEvent);
      for (const wake of this.#waiting.splice(0)) wake();
    });
  }

  /** @param query such as `{ types: 'build', subject: 'app_…', after: '12' }` */
  static async connect(port: number, query: Record<string, string> = {}): Promise<EventClient> {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/events?${new URLSearchParams(query)}`, { headers: { host: `localhost:${port}` } });
    const client = new EventClient(socket);
    await new Promise<void>((resolve, reject) => {
      socket.once('open', () => resolve());
      socket.once('error', reject);
    });
    return client;
  }

  /** The first event that fits, come already or still to come. */
  async next(fits: (event: HubEvent) => boolean, what: string, timeoutMs = 60_000): Promise<HubEvent> {
    const until = Date.now() + timeoutMs;
    for (;;) {
      const found = this.received.find(fits);
      if (found) return found;
      const left = until - Date.now();
      if (left <= 0) throw new Error(`no event "${what}" within ${timeoutMs} ms; came: ${this.received.map(({ type }) => type).join(' ')}`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left);
        this.#waiting.push(() => {
          clearTimeout(timer);
          resolve();
        });
      });
    }
  }

  /** Sequences of the events that have one, in the order in which they came. */
  get sequences(): number[] {
    return this.received.flatMap(({ sequence }) => (sequence === undefined ? [] : [sequence]));
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      if (this.socket.readyState === WebSocket.CLOSED) return resolve();
      this.socket.once('close', () => resolve());
      this.socket.close();
    });
  }
}
