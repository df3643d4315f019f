import { Controller } from '@nestjs/common';
import { appRelated, appSearch, type RelatedAppsResult, type SearchAppsReply, tagSuggest } from '@osiris/contracts';
import { HandlesRequest } from '@osiris/service-kit';
import type { z } from 'zod';
import { SearchService } from './search.service';

@Controller()
export class SearchController {
  constructor(private readonly apps: SearchService) {}

  @HandlesRequest(appSearch)
  search(input: z.output<typeof appSearch.input>): Promise<SearchAppsReply> {
    return this.apps.search(input);
  }

  @HandlesRequest(tagSuggest)
  async suggest({ q, limit }: z.output<typeof tagSuggest.input>): Promise<z.input<typeof tagSuggest.output>> {
    return { items: await this.apps.suggest(q, limit) };
  }

  @HandlesRequest(appRelated)
  related(input: z.output<typeof appRelated.input>): Promise<RelatedAppsResult> {
    return this.apps.related(input);
  }
}
