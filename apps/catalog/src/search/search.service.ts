import { Injectable } from '@nestjs/common';
import { type App, type appRelated, DomainError, type SearchAppsQuery, type SearchAppsReply, type TagSuggestion } from '@osiris/contracts';
import { describeQuery, parseQuery, type SearchQuery } from '@osiris/search';
import type { z } from 'zod';
import { Database } from '../database/database';
import { findAppId } from '../repositories/repositories.repository';
import { AppViews } from './app-views';
import { resultsPage } from './results-page';
import { decodeCursor, encodeCursor } from './search-cursor';
import { asDomainError, ServingIndex } from './serving-index';

/** What people ask of the index: it finds ids, the views tell what they are. */
@Injectable()
export class SearchService {
  constructor(
    private readonly index: ServingIndex,
    private readonly views: AppViews,
    private readonly database: Database,
  ) {}

  /** @throws DomainError QUERY_INVALID, CURSOR_INVALID, SERVICE_UNAVAILABLE */
  async search({ q, sort: asked, limit, cursor }: z.output<typeof SearchAppsQuery>): Promise<SearchAppsReply> {
    const begun = performance.now();
    const query = parse(q);
    const sort = query.sort ?? asked;
    const after = cursor === undefined ? undefined : decodeCursor(describeQuery(query), sort, cursor);
    const { ids, total, facets, next, matched, corrected } = await this.index.search(query, { sort, limit, after });
    const apps = await this.views.of(ids);
    // One that was deleted in this instant is left out; the cursor names a position, not a number, and goes on all the same.
    const shown = ids.flatMap((id) => apps.get(id) ?? []);
    const nextCursor = next && encodeCursor(describeQuery(query), sort, next);
    const tookMs = Math.round((performance.now() - begun) * 100) / 100;
    return resultsPage(shown, matched, { nextCursor, total, facets, tookMs, corrected });
  }

  /** What may complete the text being typed. @throws DomainError SERVICE_UNAVAILABLE */
  async suggest(text: string, limit: number): Promise<TagSuggestion[]> {
    const found = await this.index.suggest(text, limit);
    const apps = await this.views.of(found.flatMap(({ id }) => id ?? []));
    return found.flatMap(({ kind, key, value, id, count }): TagSuggestion[] => {
      if (kind === 'key') return [{ kind, key, label: `${key}:`, count }];
      if (kind === 'value') return [{ kind, key, value: value ?? '', label: `${key}:${value ?? ''}`, count }];
      const app = apps.get(id ?? '');
      return app ? [{ kind, key: 'app', value: app.slug, label: app.name, count, slug: app.slug, appId: app.id }] : [];
    });
  }

  /** Apps like this one, the nearest first. @throws DomainError NOT_FOUND, SERVICE_UNAVAILABLE */
  async related({ id: idOrSlug, limit }: z.output<typeof appRelated.input>): Promise<{ items: App[] }> {
    const id = await this.idOf(idOrSlug);
    const ids = (await this.index.related(id, limit)).map(({ id: other }) => other);
    const apps = await this.views.of(ids);
    return { items: ids.flatMap((other) => apps.get(other) ?? []).map(({ json }) => JSON.parse(json) as App) };
  }

  private async idOf(idOrSlug: string): Promise<string> {
    if (!idOrSlug.includes('/')) {
      if ((await this.views.of([idOrSlug])).size > 0) return idOrSlug;
      throw new DomainError('NOT_FOUND', 'There is no such app.');
    }
    return this.database.read((manager) => findAppId(manager, idOrSlug));
  }
}

/** @throws DomainError QUERY_INVALID */
function parse(text: string): SearchQuery {
  try {
    return parseQuery(text);
  } catch (error) {
    throw asDomainError(error);
  }
}
