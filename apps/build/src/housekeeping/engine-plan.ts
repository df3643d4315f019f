import type { EnginePlan, HeldImage, imageReview } from '@osiris/contracts';
import type { z } from 'zod';

/**
 * What is younger is left alone, in milliseconds: it may be a running build's, of which the catalog has not heard yet. The
 * fact of a build that has ended is on its way for two minutes at most.
 */
export const MIN_AGE_MS = 10 * 60_000;

/** What one engine has of this hub. */
export interface EngineSurvey {
  /** One for each name that the hub gave: an image with two names is here twice. */
  images: readonly HeldImage[];
  dangling: EnginePlan['dangling'];
  buildCache: EnginePlan['buildCache'];
}

/** What the catalog says may go (`catalog.image.review.v1`). */
export type Removable = z.output<typeof imageReview.output>['removable'];

/** What would go. Nothing that the survey did not find, whatever the review names, and nothing young. */
export function planOf(survey: EngineSurvey, removable: Readonly<Removable>, now: number): EnginePlan {
  const reasons = new Map(removable.map(({ reference, reason }) => [reference, reason]));
  const old = ({ createdAt }: { createdAt: string }): boolean => Date.parse(createdAt) <= now - MIN_AGE_MS;
  return {
    images: survey.images.filter(old).flatMap((image) => {
      const reason = reasons.get(image.reference);
      return reason === undefined ? [] : [{ ...image, reason }];
    }),
    dangling: survey.dangling.filter(old),
    buildCache: survey.buildCache,
  };
}
