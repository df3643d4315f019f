import { Injectable } from '@nestjs/common';
import type { HeldImage, imageReview, imagesRemoved } from '@osiris/contracts';
import type { FactMeta } from '@osiris/service-kit';
import type { z } from 'zod';

@Injectable()
export class Images {
  review(_images: readonly HeldImage[]): Promise<z.input<typeof imageReview.output>> {
    return Promise.resolve({ removable: [] });
  }

  removed(_fact: z.output<typeof imagesRemoved.schema>, _meta: FactMeta): Promise<void> {
    return Promise.resolve();
  }
}
