import { setImmediate } from 'node:timers/promises';

/**
 * The time that parsing may take of one repository. What is run in it leaves the event loop to others in between, so that a
 * hundred files, each made to take as long as its format allows, hold up neither health checks nor other jobs.
 */
export class ParsingTime {
  private spentMs = 0;

  constructor(
    private readonly limitMs: number,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** Whether nothing more should be begun. */
  get over(): boolean {
    return this.spentMs > this.limitMs;
  }

  async run<T>(work: () => T): Promise<T> {
    await setImmediate();
    const begun = this.now();
    try {
      return work();
    } finally {
      this.spentMs += this.now() - begun;
    }
  }
}
