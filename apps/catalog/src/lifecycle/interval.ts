import type { Logger } from '@osiris/service-kit';

/** Runs work again and again, never two at a time; a failure is logged and the next turn comes all the same. */
export class Interval {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();
  private working = false;
  private stopped = false;

  constructor(
    private readonly everyMs: number,
    private readonly work: () => Promise<void>,
    private readonly logger: Logger,
    private readonly failure: string,
  ) {}

  start(firstAfterMs = this.everyMs): void {
    this.timer = setTimeout(() => {
      this.running = this.turn();
    }, firstAfterMs);
  }

  /** The next turn comes after this time instead; one under way goes on, and its successor comes in its time. */
  hurry(afterMs: number): void {
    if (this.working || this.stopped) return;
    clearTimeout(this.timer);
    this.start(afterMs);
  }

  /** Waits for a turn that is under way. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.running;
  }

  private async turn(): Promise<void> {
    this.working = true;
    try {
      await this.work();
    } catch (error) {
      this.logger.warn({ err: error }, this.failure);
    }
    this.working = false;
    if (!this.stopped) this.start();
  }
}
