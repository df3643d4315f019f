import { Inject, Injectable } from '@nestjs/common';
import { type EnginePlan, type HeldImage, imageReview, imagesRemoved } from '@osiris/contracts';
import { EngineImages, engineMessage, isEngineUnreachable } from '@osiris/engine';
import { Facts, LOGGER, type Logger, Requests } from '@osiris/service-kit';
import { EngineSurveyor } from './engine-surveyor';
import { planOf, type Removable } from './engine-plan';

/** As many images as one review takes. */
const REVIEW_AT_ONCE = 2_000;

/** Keeps one engine from filling up with what the catalog no longer needs. */
@Injectable()
export class Housekeeping {
  constructor(
    private readonly images: EngineImages,
    private readonly surveyor: EngineSurveyor,
    private readonly requests: Requests,
    private readonly facts: Facts,
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
      for (const { reference } of plan.images) {
        if (await this.attempt(reference, () => this.images.removeImage(reference))) removed.push(reference);
      }
    } finally {
      // Also where the engine went away in between: what is gone is gone.
      if (removed.length > 0) await this.facts.publish(imagesRemoved, { at: new Date().toISOString(), references: removed });
    }
    for (const { id } of plan.dangling) await this.attempt(id, () => this.images.removeImage(id));
    this.logger.info({ images: removed.length, dangling: plan.dangling.length }, 'housekeeping is done');
  }

  private async review(held: readonly HeldImage[]): Promise<Removable> {
    const removable: Removable = [];
    for (let at = 0; at < held.length; at += REVIEW_AT_ONCE) {
      removable.push(...(await this.requests.send(imageReview, { images: held.slice(at, at + REVIEW_AT_ONCE) })).removable);
    }
    return removable;
  }

  private async attempt(what: string, remove: () => Promise<unknown>): Promise<boolean> {
    try {
      await remove();
      return true;
    } catch (error) {
      if (isEngineUnreachable(error)) throw error;
      this.logger.info({ image: what, reason: engineMessage(error) }, 'housekeeping leaves an image that the engine does not give up');
      return false;
    }
  }
}
