/** Lets a launch's output through up to a number of bytes, and counts what comes after. */
export class FloodGate {
  private passedBytes = 0;
  dropped = 0;

  constructor(private readonly limitBytes: number) {}

  /** `last`: this one passes and nothing after it does. */
  take(bytes: number): 'pass' | 'last' | 'drop' {
    if (this.passedBytes >= this.limitBytes) {
      this.dropped += 1;
      return 'drop';
    }
    this.passedBytes += bytes;
    return this.passedBytes >= this.limitBytes ? 'last' : 'pass';
  }
}
