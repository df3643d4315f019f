/** What a job's handler gets. Return: done. Throw a DomainError: not retryable → given up at once and dead-lettered;
 * retryable, or any other error → delivered again after the job's backoff, dead-lettered after the last delivery.
 * Throw `HandBack`: delivered again after a delay without counting against the job. */
export interface JobContext<P> {
  payload: P;
  /** 1 on the first delivery. */
  delivery: number;
  maxDeliveries: number;
  lastDelivery: boolean;
  /** Aborted when the service shuts down: stop soon and throw, the job goes to another instance. */
  signal: AbortSignal;
}

/** The job cannot be done now through no fault of its own (no engine, another worker holds the lease). */
export class HandBack extends Error {
  override readonly name = 'HandBack';
  constructor(
    /** Milliseconds until it should come again. */
    readonly delayMs: number,
    reason: string,
  ) {
    super(reason);
  }
}
