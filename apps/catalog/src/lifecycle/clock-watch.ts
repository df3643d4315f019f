import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { LOGGER, type Logger } from '@osiris/service-kit';
import { leapMs, type Reading } from './clock-leap';
import { Interval } from './interval';

const LOOK_EVERY_MS = 1_000;

/**
 * Notices that the machine's clock was set, or that it slept. What is due at an instant (`expiresAt`) stays so: that is
 * what people were told. What counts from the last sign of life is moved along by who keeps it: nobody could use an app
 * in a time that has not passed, and after a step back the lease of a worker that is dead would last all that long.
 */
@Injectable()
export class ClockWatch implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly interval: Interval;
  private readonly listeners: ((leapMs: number) => Promise<void>)[] = [];
  private last: Reading = read();
  private checking: Promise<void> | undefined;

  constructor(@Inject(LOGGER) private readonly logger: Logger) {
    this.interval = new Interval(LOOK_EVERY_MS, () => this.check(), logger, 'A step of the clock could not be made good');
  }

  onApplicationBootstrap(): void {
    this.interval.start();
  }

  onApplicationShutdown(): Promise<void> {
    return this.interval.stop();
  }

  /** @param listener is told how many milliseconds the clock has gone ahead of the time that passed; back: negative */
  onLeap(listener: (leapMs: number) => Promise<void>): void {
    this.listeners.push(listener);
  }

  /** Resolves once whatever the clock has done is made good: who compares with it waits for this first. */
  check(): Promise<void> {
    this.checking ??= this.compare().finally(() => (this.checking = undefined));
    return this.checking;
  }

  private async compare(): Promise<void> {
    const now = read();
    const leap = leapMs(this.last, now);
    if (leap !== 0) {
      this.logger.warn({ leapMs: leap }, leap > 0 ? 'The clock was set ahead, or the machine slept' : 'The clock was set back');
      for (const listener of this.listeners) await listener(leap);
    }
    this.last = now;
  }
}

const read = (): Reading => ({ wall: Date.now(), steady: performance.now() });
