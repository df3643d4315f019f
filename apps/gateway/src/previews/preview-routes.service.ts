import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { PreviewRoute, PREVIEWS_BUCKET } from '@osiris/contracts';
import { LOGGER, type Logger, Nats } from '@osiris/service-kit';
import type { KvEntry, QueuedIterator } from 'nats';
import { setTimeout as delay } from 'node:timers/promises';

/** How long a route that is missing after NATS came back is still served: the runner writes it anew within seconds. */
const GRACE_MS = 30_000;
const RETRY_MS = 500;
/** Time a launch's end may lag behind: an extension reaches its route by the runner's round of every 5 s. */
const EXPIRY_SLACK_MS = 15_000;

/** Where each running launch is found: the KV bucket `PREVIEWS`, watched into memory. */
@Injectable()
export class PreviewRoutes implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly routes = new Map<string, PreviewRoute>();
  private watch: QueuedIterator<KvEntry> | undefined;
  private stopped = false;
  private forgetListener: () => void = () => undefined;

  constructor(
    private readonly nats: Nats,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    // The watch's consumer does not outlive a NATS that comes back empty: begin anew after each reconnect.
    this.forgetListener = this.nats.onReconnect(() => this.watch?.stop());
    void this.follow();
  }

  onApplicationShutdown(): void {
    this.stopped = true;
    this.forgetListener();
    this.watch?.stop();
  }

  /**
   * From memory; where it is not there yet, from the bucket itself, so that the first request after `running` finds it.
   * Null past the launch's time also where nobody has ended it: the catalog or its runner may be away.
   */
  async find(launchId: string): Promise<PreviewRoute | null> {
    const route = this.routes.get(launchId) ?? (await this.fetch(launchId));
    return route && isInTime(route) ? route : null;
  }

  /** The same from memory alone. */
  known(launchId: string): PreviewRoute | null {
    const route = this.routes.get(launchId);
    return route && isInTime(route) ? route : null;
  }

  private async fetch(launchId: string): Promise<PreviewRoute | null> {
    if (this.nats.connection.isClosed()) return null;
    const entry = await (await this.nats.kv(PREVIEWS_BUCKET)).get(launchId);
    if (!entry || entry.operation !== 'PUT') return null;
    return this.learn(entry);
  }

  private async follow(): Promise<void> {
    while (!this.stopped) {
      try {
        const known = new Set(this.routes.keys());
        const kv = await this.nats.kv(PREVIEWS_BUCKET);
        this.watch = await kv.watch({ initializedFn: () => this.forgetLater(known) });
        for await (const entry of this.watch) {
          known.delete(entry.key);
          if (entry.operation === 'PUT') this.learn(entry);
          else this.routes.delete(entry.key);
        }
      } catch (error) {
        this.logger.warn({ err: error }, 'The preview routes cannot be watched, trying again');
      }
      if (!this.stopped) await delay(RETRY_MS, undefined, { ref: false });
    }
  }

  private learn(entry: KvEntry): PreviewRoute | null {
    const parsed = PreviewRoute.safeParse(jsonOf(entry));
    if (!parsed.success) {
      this.logger.error({ key: entry.key, err: parsed.error }, 'A preview route does not fit its schema');
      return null;
    }
    this.routes.set(entry.key, parsed.data);
    return parsed.data;
  }

  /** `unconfirmed` shrinks while the watch goes on; what is still in it after the grace is gone from the bucket. */
  private forgetLater(unconfirmed: Set<string>): void {
    if (unconfirmed.size === 0) return;
    setTimeout(() => unconfirmed.forEach((key) => this.routes.delete(key)), GRACE_MS).unref();
  }
}

const isInTime = ({ expiresAt }: PreviewRoute): boolean => Date.parse(expiresAt) + EXPIRY_SLACK_MS > Date.now();

function jsonOf(entry: KvEntry): unknown {
  try {
    return entry.json();
  } catch {
    return undefined;
  }
}
