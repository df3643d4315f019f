import { Controller } from '@nestjs/common';
import { appSearch, type SearchAppsResult, tagSuggest } from '@osiris/contracts';
import { HandlesRequest } from '@osiris/service-kit';
import type { z } from 'zod';
import { TagSuggestions } from '../tags/tag-suggestions';
import { SearchService } from './search.service';

@Controller()
export class SearchController {
  constructor(
    private readonly apps: SearchService,
    private readonly tags: TagSuggestions,
  ) {}

  @HandlesRequest(appSearch)
  search(input: z.output<typeof appSearch.input>): Promise<SearchAppsResult> {
    return this.apps.search(input);
  }

  @HandlesRequest(tagSuggest)
  async suggest({ q, limit }: z.output<typeof tagSuggest.input>): Promise<z.input<typeof tagSuggest.output>> {
    return { items: await this.tags.suggest(q, limit) };
  }
}
