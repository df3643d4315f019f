import { Inject, Injectable } from '@nestjs/common';
import { DomainError, leaseClaim, leaseRenew, type LeaseKind } from '@osiris/contracts';
import type { Identity } from '../identity';
import type { Logger } from '../logger';
import { Requests } from '../nats/requests';
import { IDENTITY, LOGGER } from '../tokens';
import { HandBack } from './job-context';

/** The catalog's lease lasts 10 s. */
const RENEW_MS = 3_000;
const LEASED_ELSEWHERE_RETRY_MS = 2_000;

export interface LeaseOf {
  kind: LeaseKind;
  id: string;
  attempt: number;
}

/** Holds the catalog's lease on a lifecycle while a job works on it, so that one attempt is done by one worker. */
@Injectable()
export class Leases {
  constructor(
    private readonly requests: Requests,
    @Inject(IDENTITY) private readonly identity: Identity,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /**
   * Claims the lease, runs `work`, renews meanwhile. The signal is aborted when the row was canceled, removed or taken
   * over: `work` then throws or returns, and nothing it reports counts any more.
   * @returns `superseded` where the claim was refused for good: drop the job.
   * @throws HandBack where another worker holds it or the catalog is away.
   */
  async hold<T>(lease: LeaseOf, work: (signal: AbortSignal) => Promise<T>): Promise<{ outcome: 'done'; value: T } | { outcome: 'superseded' }> {
    const holder = { ...lease, worker: this.identity.instance };
    const claim = await this.requests.send(leaseClaim, holder).catch((error: unknown) => {
      if (error instanceof DomainError && error.retryable) throw new HandBack(1_000, `The lease cannot be claimed: ${error.message}`);
      throw error;
    });
    if (!claim.granted) {
      if (claim.reason === 'leased') throw new HandBack(LEASED_ELSEWHERE_RETRY_MS, 'Another worker holds the lease');
      return { outcome: 'superseded' };
    }
    const lost = new AbortController();
    const renewal = setInterval(() => {
      this.requests.send(leaseRenew, holder).then(
        ({ granted }) => {
          if (!granted) lost.abort(new DomainError('CONFLICT', 'The lease was lost'));
        },
        // The catalog is away for a moment: go on, facts of a superseded attempt are ignored by it anyway.
        (error: unknown) => this.logger.debug({ err: error, ...lease }, 'The lease could not be renewed'),
      );
    }, RENEW_MS);
    try {
      return { outcome: 'done', value: await work(lost.signal) };
    } finally {
      clearInterval(renewal);
    }
  }
}
