import { Controller } from '@nestjs/common';
import { DomainError, type RouteDefinition, routes } from '@osiris/contracts';
import { Route } from '../http/route.decorator';

/**
 * What a later issue brings answers 501 and nothing else. A handler per such entry of `routes`, so that taking
 * `comesLater` away from an entry takes it away from here too.
 */
@Controller()
export class LaterController {}

for (const [name, definition] of Object.entries(routes) as [string, RouteDefinition][]) {
  if (definition.comesLater === undefined) continue;
  const descriptor: PropertyDescriptor = {
    configurable: true,
    writable: true,
    value: (): never => {
      throw new DomainError('NOT_IMPLEMENTED', `${definition.summary}: this comes with "${definition.comesLater}".`);
    },
  };
  Object.defineProperty(LaterController.prototype, name, descriptor);
  Route(definition)(LaterController.prototype, name, descriptor);
}
