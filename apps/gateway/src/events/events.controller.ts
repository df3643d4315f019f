import { Controller } from '@nestjs/common';
import { DomainError, routes } from '@osiris/contracts';
import { Route } from '../http/route.decorator';

/** What a plain GET gets; upgrades never come this far (`EventsServer`). */
@Controller()
export class EventsController {
  @Route(routes.events)
  notUpgraded(): never {
    throw new DomainError('UPGRADE_REQUIRED', 'Open this address as a WebSocket.');
  }
}
