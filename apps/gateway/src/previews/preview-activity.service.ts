import { type BeforeApplicationShutdown, Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { launchActivity } from '@osiris/contracts';
import { LOGGER, type Logger, Requests } from '@osiris/service-kit';

const REPORT_EVERY_MS = 10_000;
/** As many as one report may tell of. */
const REPORTED_AT_ONCE = 1_000;

interface Use {
  /** Requests, streams and WebSockets that are open. */
  open: number;
  /** Milliseconds since 1970, of the last beginning or end. */
  at: number;
}

/** Tells the catalog which previews are used: those that nobody uses end. */
@Injectable()
export class PreviewActivity implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly uses = new Map<string, Use>();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly requests: Requests,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.report(), REPORT_EVERY_MS);
    this.timer.unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.report();
  }

  /** Something was opened: it counts as use until it is `ended`, which may be called more than once. */
  begin(launchId: string): () => void {
    const use = this.uses.get(launchId) ?? { open: 0, at: 0 };
    this.uses.set(launchId, use);
    use.open += 1;
    use.at = Date.now();
    let ended = false;
    return () => {
      if (ended) return;
      ended = true;
      use.open -= 1;
      use.at = Date.now();
      // It may have been reported, and forgotten, between.
      this.uses.set(launchId, use);
    };
  }

  /** Never throws: what could not be told is told with the next report. */
  async report(): Promise<void> {
    const told = [...this.uses].slice(0, REPORTED_AT_ONCE).map(([launchId, use]) => ({ launchId, use, at: use.open > 0 ? Date.now() : use.at }));
    if (told.length === 0) return;
    try {
      await this.requests.send(launchActivity, { items: told.map(({ launchId, at }) => ({ launchId, at: new Date(at).toISOString() })) });
      for (const { launchId, use, at } of told) {
        this.uses.delete(launchId);
        // Told last the next time, where there are more than one report holds; used meanwhile: told again.
        if (use.open > 0 || use.at > at) this.uses.set(launchId, use);
      }
    } catch (error) {
      this.logger.debug({ err: error }, 'The use of previews could not be told yet');
    }
  }
}
