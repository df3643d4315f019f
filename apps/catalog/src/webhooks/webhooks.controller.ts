import { Controller } from '@nestjs/common';
import { repositoryPushed, type WebhookAnswer } from '@osiris/contracts';
import { HandlesRequest } from '@osiris/service-kit';
import type { z } from 'zod';
import { PushesService } from './pushes.service';

@Controller()
export class WebhooksController {
  constructor(private readonly pushes: PushesService) {}

  @HandlesRequest(repositoryPushed)
  pushed(input: z.output<typeof repositoryPushed.input>): Promise<WebhookAnswer> {
    return this.pushes.apply(input);
  }
}
