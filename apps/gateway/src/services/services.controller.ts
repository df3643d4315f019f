import { Controller } from '@nestjs/common';
import { routes, serviceList } from '@osiris/contracts';
import { Requests } from '@osiris/service-kit';
import { Route } from '../http/route.decorator';

@Controller()
export class ServicesController {
  constructor(private readonly requests: Requests) {}

  @Route(routes.listServices)
  list() {
    return this.requests.send(serviceList, {});
  }
}
