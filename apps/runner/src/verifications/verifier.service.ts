import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { DomainError, verificationEnded, verificationStarted, type VerifyJob } from '@osiris/contracts';
import { Sandboxes } from '@osiris/engine';
import { Facts, HandBack, Leases, LOGGER, type Logger } from '@osiris/service-kit';
import { EngineGate } from '../engine/engine-gate.service';
import { ImageFactsCache } from '../launches/image-facts-cache';
import { Previews } from '../previews/previews.service';
import { type FirstLook, FirstLooks } from './first-looks.service';

const ENGINE_AWAY_RETRY_MS = 1_000;
/** All memory is in launches: it comes again when some may have ended. */
const NO_ROOM_RETRY_MS = 3_000;
/** Somebody waits for a launch, nobody for this: it steps back while some start, but not for ever. */
const GIVE_WAY_FOR_MS = 30_000;
const QUIET_MS = 400;

/** Does verification jobs: whether an image comes up, and how it is then. */
@Injectable()
export class Verifier implements OnModuleInit {
  private readonly underWay = new Set<string>();

  constructor(
    private readonly looks: FirstLooks,
    private readonly sandboxes: Sandboxes,
    private readonly images: ImageFactsCache,
    private readonly engine: EngineGate,
    private readonly previews: Previews,
    private readonly leases: Leases,
    private readonly facts: Facts,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onModuleInit(): void {
    this.engine.onOpen(() => void this.removeLeftovers());
  }

  /** Idempotent by run and attempt. `shutdown`: the service ends, the job comes again. */
  async verify(job: VerifyJob, shutdown: AbortSignal): Promise<void> {
    if (this.previews.places() >= (this.engine.runner?.capacity ?? 1)) throw new HandBack(NO_ROOM_RETRY_MS, 'Launches take all places');
    this.underWay.add(job.verificationId);
    try {
      const lease = { kind: 'verification', id: job.verificationId, attempt: job.attempt } as const;
      await this.leases.hold(lease, (lost) => this.look(job, { lost, shutdown }));
    } finally {
      this.underWay.delete(job.verificationId);
    }
  }

  private async look(job: VerifyJob, { lost, shutdown }: { lost: AbortSignal; shutdown: AbortSignal }): Promise<void> {
    const { verificationId, appId, buildId, attempt } = job;
    const of = { verificationId, appId, buildId, attempt };
    const signal = AbortSignal.any([lost, shutdown]);
    await this.giveWay(signal);
    await this.facts.publish(verificationStarted, { at: new Date().toISOString(), ...of, runnerId: this.engine.runner?.id ?? 'runner' });
    let seen: FirstLook;
    try {
      seen = await this.looks.take(job, signal);
    } catch (error) {
      if (lost.aborted) return;
      if (shutdown.aborted) throw new HandBack(0, 'The runner shuts down');
      seen = this.failure(job, error);
    }
    await this.facts.publish(verificationEnded, { at: new Date().toISOString(), ...of, ...seen });
    this.logger.info({ verificationId, buildId, ...seen.seen, code: seen.error?.code }, seen.seen ? 'image seen running' : 'image does not come up');
  }

  /** @throws what brings the job again */
  private failure(job: VerifyJob, error: unknown): FirstLook {
    if (!(error instanceof DomainError)) throw error;
    if (error.code === 'ENGINE_UNAVAILABLE') throw new HandBack(ENGINE_AWAY_RETRY_MS, error.message);
    if (error.retryable) throw error;
    if (error.code === 'IMAGE_GONE') this.images.forget(job.imageReference);
    return { seen: null, error: { code: error.code, message: error.message }, lastLines: [] };
  }

  private async giveWay(signal: AbortSignal): Promise<void> {
    const until = performance.now() + GIVE_WAY_FOR_MS;
    for (let wait = this.previews.quietInMs(QUIET_MS); wait > 0 && performance.now() < until && !signal.aborted; wait = this.previews.quietInMs(QUIET_MS)) {
      await sleep(wait, undefined, { signal }).catch(() => undefined);
    }
  }

  /** Containers of a process that was killed: their jobs come again and make their own. */
  private async removeLeftovers(): Promise<void> {
    try {
      for (const { containerId, verificationId } of await this.sandboxes.listVerifications()) {
        if (!this.underWay.has(verificationId)) await this.sandboxes.remove(containerId);
      }
    } catch (error) {
      this.logger.warn({ err: error }, 'Containers of former verification runs could not be removed');
    }
  }
}
