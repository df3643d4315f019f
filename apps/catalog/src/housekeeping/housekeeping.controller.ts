import { Controller } from '@nestjs/common';
import { artifactPlan, type ArtifactPlan, housekeepingRun, imageReview, imagesRemoved } from '@osiris/contracts';
import { type FactMeta, HandlesFact, HandlesRequest } from '@osiris/service-kit';
import type { z } from 'zod';
import { Images } from '../images/images.service';
import { Housekeeping } from './housekeeping.service';

@Controller()
export class HousekeepingController {
  constructor(
    private readonly images: Images,
    private readonly housekeeping: Housekeeping,
  ) {}

  @HandlesRequest(imageReview)
  review(input: z.output<typeof imageReview.input>): Promise<z.input<typeof imageReview.output>> {
    return this.images.review(input.images);
  }

  @HandlesFact(imagesRemoved)
  removed(fact: z.output<typeof imagesRemoved.schema>, meta: FactMeta): Promise<void> {
    return this.images.removed(fact, meta);
  }

  @HandlesRequest(artifactPlan)
  plan(_nothing: z.output<typeof artifactPlan.input>): Promise<ArtifactPlan> {
    return this.housekeeping.plan();
  }

  @HandlesRequest(housekeepingRun)
  async run(_nothing: z.output<typeof housekeepingRun.input>): Promise<Record<string, never>> {
    await this.housekeeping.run();
    return {};
  }
}
