import { Controller } from '@nestjs/common';
import { eventList } from '@osiris/contracts';
import { HandlesRequest } from '@osiris/service-kit';
import type { z } from 'zod';
import { EventsService } from './events.service';

@Controller()
export class EventsController {
  constructor(private readonly events: EventsService) {}

  @HandlesRequest(eventList)
  list(input: z.output<typeof eventList.input>): Promise<z.input<typeof eventList.output>> {
    return this.events.after(input.after, input.limit);
  }
}
