import { Controller } from '@nestjs/common';
import { routes, tagSuggest } from '@osiris/contracts';
import { Requests } from '@osiris/service-kit';
import { Input, Route, type RouteInput } from '../http/route.decorator';

@Controller()
export class TagsController {
  constructor(private readonly requests: Requests) {}

  @Route(routes.suggestTags)
  suggest(@Input() { query }: RouteInput<typeof routes.suggestTags>) {
    return this.requests.send(tagSuggest, query);
  }
}
