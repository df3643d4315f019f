import 'reflect-metadata';
import type { SearchAppsQuery, Tag } from '@osiris/contracts';
import type { z } from 'zod';
import { Database } from '../src/database/database';
import { dataSourceFor } from '../src/database/data-source';
import { newId } from '../src/identifiers';
import { LaunchEntity } from '../src/launches/launch.entity';
import { refreshDerived } from '../src/repositories/repositories.repository';
import { RepositoryEntity } from '../src/repositories/repository.entity';
import { SearchService } from '../src/search/search.service';
import { replaceTags } from '../src/tags/tags.repository';
import { databases, type TestDatabase } from './databases';

jest.setTimeout(60_000);
const DAY_MS = 24 * 3_600_000;

describe.each(databases)('search on %s', (_name, startDatabase) => {
  let home: TestDatabase;
  let database: Database;
  let service: SearchService;

  beforeAll(async () => {
    home = await startDatabase();
    database = await Database.open(dataSourceFor(await home.create(), '/nowhere'));
    service = new SearchService(database);
    await add('acme/chess', 'Chess', 'Play against a friend', ['lang:Go', 'kind:game'], { recent: 1 });
    await add('acme/board', 'Board games', 'Chess and more', ['lang:TypeScript', 'kind:game'], { recent: 3 });
    await add('zoo/notes', 'Notes 100%_done', 'A quiet place for notes', ['lang:Go', 'kind:tool', 'licence:MIT License'], { old: 50 });
    await add('zoo/öl', 'Ölpreis', 'Was kostet ein Fass?', ['lang:Rust'], { status: 'failed' });
    await add('x_y/plain', 'Äpfel', '', [], {});
  });
  afterAll(async () => {
    await database.close();
    await home.end();
  });

  async function add(slug: string, name: string, description: string, tags: string[], more: { recent?: number; old?: number; status?: 'failed' }): Promise<string> {
    return database.write(async (tx) => {
      const { recent = 0, old = 0 } = more;
      const row = tx.manager.create(RepositoryEntity, {
        id: newId('app'), slug, identity: slug, publicUrl: 'https://x/y', fetchUrl: 'https://x/y', curatedName: name, curatedDescription: description,
        ingestedName: null, ingestedDescription: null, readmeSummary: null, askedRef: null, askedDockerfilePath: null, foundRef: null, foundDockerfilePath: null,
        name, description, media: [], port: null, commitSha: null, ingestStatus: more.status ?? 'ready', errorCode: null, errorMessage: null, ingestAttempts: 1,
        ingestionId: null, lastIngestedAt: null, nameSort: '', searchText: '', launchCount: recent + old, createdAt: tx.now, updatedAt: tx.now,
      }); // prettier-ignore
      await tx.manager.insert(RepositoryEntity, row);
      const manual = tags.map((text): z.input<typeof Tag> => ({ key: text.split(':')[0] ?? '', value: text.split(':')[1] ?? '', source: 'manual', from: 'test' }));
      await replaceTags(tx.manager, row.id, ['manual'], manual);
      await refreshDerived(tx.manager, row);
      await tx.manager.update(RepositoryEntity, { id: row.id }, row);
      for (let at = 0; at < recent + old; at++) {
        const createdAt = at < recent ? tx.now : tx.now - 8 * DAY_MS;
        await tx.manager.insert(LaunchEntity, {
          id: newId('lch'), repositoryId: row.id, attempt: 1, buildId: 'bld_1', imageReference: 'i', status: 'stopped', profile: 'small', createdAt, expiresAt: createdAt,
        }); // prettier-ignore
      }
      return row.id;
    });
  }
  const search = (q: string, more: Partial<z.output<typeof SearchAppsQuery>> = {}) => service.search({ q, sort: 'relevance', limit: 24, cursor: undefined, ...more });
  const slugs = async (q: string, more: Partial<z.output<typeof SearchAppsQuery>> = {}) => (await search(q, more)).items.map(({ slug }) => slug);

  it.each([
    ['chess', ['acme/chess', 'acme/board']], // in the name before in the description, however popular
    ['games', ['acme/board']],
    ['chess friend', ['acme/chess']],
    ['"chess and more"', ['acme/board']],
    ['chess -friend', ['acme/board']],
    ['kind:game', ['acme/board', 'acme/chess']],
    ['kind:game lang:go', ['acme/chess']],
    ['-lang:go kind:game', ['acme/board']],
    ['licence:"mit license"', ['zoo/notes']],
    ['owner:zoo', ['zoo/notes', 'zoo/öl']],
    ['owner:x_y', ['x_y/plain']],
    ['owner:acm', []],
    ['status:failed', ['zoo/öl']],
    ['100%_', ['zoo/notes']],
    ['%', ['zoo/notes']],
    ['_d', ['zoo/notes']],
    ['\\', []],
    ['ÖLPREIS', ['zoo/öl']],
    ['äpf', ['x_y/plain']],
    ['gameschess', []], // words of two fields are not one
    ["'; DROP TABLE repositories; --", []],
  ])('%s', async (q, expected) => expect(await slugs(q)).toEqual(expected));

  it('sorts', async () => {
    expect(await slugs('', { sort: 'name' })).toEqual(['acme/board', 'acme/chess', 'zoo/notes', 'x_y/plain', 'zoo/öl']);
    expect(await slugs('', { sort: 'popular' })).toEqual(['acme/board', 'acme/chess', 'zoo/notes', 'x_y/plain', 'zoo/öl']);
    expect((await slugs('', { sort: 'recent' }))[0]).toBe('x_y/plain');
  });

  it.each(['relevance', 'name', 'popular', 'recent'] as const)('pages by %s without a gap or a repetition, also while apps come', async (sort) => {
    const all = await slugs('', { sort });
    const seen: string[] = [];
    let cursor: string | undefined;
    for (let page = 0; page < 10; page++) {
      const result = await search('', { sort, limit: 2, cursor });
      expect(result.total).toBeGreaterThanOrEqual(all.length);
      seen.push(...result.items.map(({ slug }) => slug));
      if (page === 0) await add(`new/${sort}`, '!first by name', '', [], {});
      if (result.nextCursor === null) break;
      cursor = result.nextCursor;
    }
    expect(seen.filter((slug) => !slug.startsWith('new/'))).toEqual(all.filter((slug) => !slug.startsWith('new/')));
    expect(new Set(seen).size).toBe(seen.length);
  });

  it('counts tags of what matches, and shows where', async () => {
    const { facets, total, items } = await search('kind:game');
    expect(total).toBe(2);
    expect(facets).toEqual([
      { key: 'kind', values: [{ value: 'game', count: 2 }] },
      { key: 'lang', values: [{ value: 'Go', count: 1 }, { value: 'TypeScript', count: 1 }] }, // prettier-ignore
    ]);
    expect(items[0]?.highlights).toEqual([{ field: 'tags.0', ranges: [[0, 9]] }]);
    expect((await search('chess')).items[0]?.highlights).toEqual(
      expect.arrayContaining([{ field: 'name', ranges: [[0, 5]] }, { field: 'slug', ranges: [[5, 10]] }]), // prettier-ignore
    );
  });

  it('refuses a cursor of another query', async () => {
    const { nextCursor } = await search('', { limit: 1 });
    await expect(search('chess', { cursor: nextCursor ?? '' })).rejects.toMatchObject({ code: 'CURSOR_INVALID' });
    await expect(search('', { cursor: nextCursor ?? '', sort: 'name' })).rejects.toMatchObject({ code: 'CURSOR_INVALID' });
    await expect(search('', { cursor: 'x' })).rejects.toMatchObject({ code: 'CURSOR_INVALID' });
    await expect(search('lang:')).rejects.toMatchObject({ code: 'QUERY_INVALID' });
  });
});
