import { Controller } from '@nestjs/common';
import { serviceList, serviceStarted } from '@osiris/contracts';
import { type FactMeta, HandlesFact, HandlesRequest } from '@osiris/service-kit';
import type { z } from 'zod';
import { ServicesService } from './services.service';

@Controller()
export class ServicesController {
  constructor(private readonly services: ServicesService) {}

  @HandlesRequest(serviceList)
  async list(_nothing: z.output<typeof serviceList.input>): Promise<z.input<typeof serviceList.output>> {
    return { items: await this.services.list() };
  }

  @HandlesFact(serviceStarted)
  started(fact: z.output<typeof serviceStarted.schema>, meta: FactMeta): Promise<void> {
    return this.services.announced(fact, meta);
  }
}
