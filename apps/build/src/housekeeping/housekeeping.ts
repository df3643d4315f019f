import { Inject, Injectable } from '@nestjs/common';
import { type EnginePlan, type HeldImage, imageReview, imagesRemoved } from '@osiris/contracts';
import { EngineImages, engineMessage, isEngineUnreachable } from '@osiris/engine';
import { ENV, Facts, LOGGER, type Logger, Requests } from '@osiris/service-kit';
import type { BuildEnv } from '../env';
import { HubImageNames } from '../images/hub-image-names';
import { EngineSurveyor } from './engine-surveyor';
import { planOf, type Removable } from './engine-plan';

/** As many images as one review takes. */
const REVIEW_AT_ONCE = 2_000;
/** Names in one fact: a message of NATS holds 1 MiB. */
const REPORTED_AT_ONCE = 2_000;

/** Keeps one engine from filling up with what the catalog no longer needs. */
@Injectable()
export class Housekeeping {
  constructor(
    private readonly images: EngineImages,
    private readonly names: HubImageNames,
    private readonly surveyor: EngineSurveyor,
    private readonly requests: Requests,
    private readonly facts: Facts,
    @Inject(ENV) private readonly env: BuildEnv,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** What would go now. Takes nothing away. @throws DomainError ENGINE_UNAVAILABLE; SERVICE_UNAVAILABLE where no catalog answers */
  async plan(): Promise<EnginePlan> {
    const survey = await this.surveyor.survey();
    return planOf(survey, await this.review(survey.images), Date.now());
  }

  /** Takes away what the plan names. What is refused (an image in use) is left to the next round. @throws as `plan` */
  async run(): Promise<void> {
    const plan = await this.plan();
    const removed: string[] = [];
    try {
      for (const { reference } of plan.images) if (await this.remove(reference)) removed.push(reference);
    } finally {
      // Also where the engine went away in between: what is gone is gone.
      for (let at = 0; at < removed.length; at += REPORTED_AT_ONCE) {
        await this.facts.publish(imagesRemoved, { at: new Date().toISOString(), references: removed.slice(at, at + REPORTED_AT_ONCE) });
      }
    }
    const planned = new Set(plan.dangling.map(({ id }) => id));
    const dangling = await this.images.removeDangling([`io.osiris.hub=${this.env.HUB_ID}`], ({ id }) => planned.has(id));
    const { buildCache } = plan;
    const cacheFreed = buildCache && buildCache.removableBytes > 0 ? await this.images.pruneBuildCache(buildCache.limitBytes) : 0;
    this.logger.info({ images: removed.length, dangling: dangling.length, cacheFreed }, 'housekeeping is done');
  }

  private async review(held: readonly HeldImage[]): Promise<Removable> {
    const removable: Removable = [];
    for (let at = 0; at < held.length; at += REVIEW_AT_ONCE) {
      removable.push(...(await this.requests.send(imageReview, { images: held.slice(at, at + REVIEW_AT_ONCE) })).removable);
    }
    return removable;
  }

  private async remove(reference: string): Promise<boolean> {
    try {
      return (await this.names.remove(reference)) !== 'foreign';
    } catch (error) {
      if (isEngineUnreachable(error)) throw error;
      this.logger.info({ image: reference, reason: engineMessage(error) }, 'housekeeping leaves an image to the next round');
      return false;
    }
  }
}
