import { appImport, appRelated, type appSearch, tagSuggest } from '@osiris/contracts';
import type { z } from 'zod';
import { anApp } from './an-app';
import { databases, type TestDatabase } from './databases';
import { eventually, TestHub } from './hub';

jest.setTimeout(60_000);
type Query = Omit<z.input<typeof appSearch.input>, 'q'>;

/** What the engine finds is told by its own tests: here, that all of an app reaches it, and what is made of its answers. */
describe.each(databases)('search on %s', (_name, startDatabase) => {
  let home: TestDatabase;
  let hub: TestHub;

  beforeAll(async () => {
    home = await startDatabase();
    hub = await TestHub.start(await home.create());
    const apps = [
      anApp('acme/chess', { name: 'Chess', description: 'Play against a friend', tags: ['lang:Go', 'kind:game'], launches: 1 }),
      anApp('acme/board', { name: 'Board games', description: 'Chess and more', tags: ['lang:TypeScript', 'kind:game'], launches: 3 }),
      anApp('zoo/notes', { name: 'Notes 100%_done', description: 'A quiet place', readme: 'Keeps a diary', tags: ['lang:Go', 'kind:tool', 'licence:MIT License'], launches: 50 }),
      anApp('zoo/öl', { name: 'Ölpreis', description: 'Was kostet ein Fass?', tags: ['lang:Rust'], status: 'failed' }),
      anApp('x_y/plain', { name: 'Äpfel', createdAt: '2025-01-01T00:00:00.000Z' }),
    ];
    await hub.ask(appImport, { apps });
    await eventually(async () => expect((await hub.search({})).total).toBe(apps.length));
  });
  afterAll(async () => {
    await hub.stop();
    await home.end();
  });

  const search = (q: string, more: Query = {}) => hub.search({ q, ...more });
  const slugs = async (q: string, more: Query = {}) => (await search(q, more)).items.map(({ slug }) => slug);

  it.each([
    ['chess', ['acme/chess', 'acme/board']], // in the name before in the description, however popular
    ['chess friend', ['acme/chess']],
    ['"chess and more"', ['acme/board']],
    ['diary', ['zoo/notes']],
    ['kind:game lang:go', ['acme/chess']],
    ['licence:"mit license"', ['zoo/notes']],
    ['owner:zoo status:failed', ['zoo/öl']],
    ['olpreis', ['zoo/öl']],
    ['chss', ['acme/chess', 'acme/board']],
    ["'DROP TABLE repositories", []],
  ])('%s', async (q, expected) => expect(await slugs(q)).toEqual(expected));

  it('sorts, by what the query says before what the parameter says', async () => {
    expect(await slugs('', { sort: 'name' })).toEqual(['x_y/plain', 'acme/board', 'acme/chess', 'zoo/notes', 'zoo/öl']);
    expect(await slugs('', { sort: 'popular' })).toEqual(expect.arrayContaining(['zoo/notes']));
    expect((await slugs('', { sort: 'recent' }))[0]).toBe('x_y/plain');
    expect(await slugs('sort:name', { sort: 'popular' })).toEqual(await slugs('', { sort: 'name' }));
  });

  it('counts tags of what matches, shows where, and says when it corrected', async () => {
    const { facets, total, items, corrected } = await search('kind:game');
    expect({ total, corrected }).toEqual({ total: 2, corrected: false });
    expect(facets).toEqual([
      { key: 'kind', values: [{ value: 'game', count: 2 }] },
      { key: 'lang', values: [{ value: 'Go', count: 1 }, { value: 'TypeScript', count: 1 }] }, // prettier-ignore
    ]);
    expect(items[0]?.highlights).toEqual([]);
    const [first] = (await search('ches')).items;
    expect(first?.highlights).toEqual([{ field: 'name', ranges: [[0, 4]] }, { field: 'slug', ranges: [[5, 9]] }]); // prettier-ignore
    expect((await search('game')).items.map(({ highlights }) => highlights.map(({ field }) => field))).toEqual([['name', 'tags.0'], ['tags.0']]);
    expect((await search('chss')).corrected).toBe(true);
  });

  it.each(['relevance', 'name', 'popular', 'recent'] as const)('pages by %s without a gap or a repetition, also while apps come', async (sort) => {
    const all = await slugs('', { sort });
    const seen: string[] = [];
    let cursor: string | undefined;
    for (let page = 0; page < 10; page++) {
      const result = await search('', { sort, limit: 2, cursor });
      expect(result.total).toBeGreaterThanOrEqual(all.length);
      seen.push(...result.items.map(({ slug }) => slug));
      if (page === 0) {
        await hub.ask(appImport, { apps: [anApp(`new/${sort}`, { name: '!first by name', launches: 100, createdAt: '2026-01-01T00:00:00.000Z' })] });
        await eventually(async () => expect(await slugs('owner:new')).toContain(`new/${sort}`));
      }
      if (result.nextCursor === null) break;
      cursor = result.nextCursor;
    }
    expect(seen.filter((slug) => !slug.startsWith('new/'))).toEqual(all.filter((slug) => !slug.startsWith('new/')));
    expect(new Set(seen).size).toBe(seen.length);
  });

  it('takes a cursor with another way of writing the same query, and with no other', async () => {
    const { nextCursor } = await search('kind:game  -lang:rust', { limit: 1 });
    const cursor = nextCursor ?? '';
    expect((await search(' -lang:Rust kind:GAME', { limit: 1, cursor })).items.map(({ slug }) => slug)).toEqual(['acme/chess']);
    await expect(search('chess', { cursor })).rejects.toMatchObject({ code: 'CURSOR_INVALID', errors: [{ path: 'cursor', message: expect.any(String) }] });
    await expect(search('kind:game -lang:rust', { cursor, sort: 'name' })).rejects.toMatchObject({ code: 'CURSOR_INVALID' });
    for (const forged of ['x', Buffer.from('[]').toString('base64url'), cursor.slice(0, -8)]) {
      await expect(search('kind:game -lang:rust', { cursor: forged })).rejects.toMatchObject({ code: 'CURSOR_INVALID' });
    }
  });

  it.each([
    ['chess unheard:x', 7],
    ['lang: chess', 6],
    ['a "b', 3],
    ['status:odd', 8],
    [':', 1],
  ])('refuses %s with its place', async (q, position) => {
    const message = expect.stringMatching(new RegExp(`\\(at position ${position}\\)$`)) as string;
    await expect(search(q)).rejects.toMatchObject({ code: 'QUERY_INVALID', message, errors: [{ path: 'q', message }] });
  });

  it('suggests keys, then tags, and apps; % and _ are letters', async () => {
    const suggest = async (q: string) => (await hub.ask(tagSuggest, { q, limit: 10 })).items;
    expect((await suggest('l')).map(({ kind, label, count }) => [kind, label, count])).toEqual([['key', 'lang:', 4], ['key', 'licence:', 1]]); // prettier-ignore
    expect((await suggest('lang:')).map(({ label, count }) => `${label} ${count}`)).toEqual(['lang:Go 2', 'lang:Rust 1', 'lang:TypeScript 1']);
    expect((await suggest('types')).map(({ label }) => label)).toEqual(['lang:TypeScript']);
    expect((await suggest('ches'))[0]).toEqual({ kind: 'app', key: 'app', value: 'acme/chess', label: 'Chess', count: 1, slug: 'acme/chess', appId: expect.stringMatching(/^app_/) });
    for (const q of ['%', '_', 'la_g', 'lang:%']) expect(await suggest(q)).toEqual([]);
  });

  it('tells apps like one, by id and by slug', async () => {
    const [chess] = (await search('chess')).items;
    const { items } = await hub.ask(appRelated, { id: 'acme/chess', limit: 2 });
    expect(items[0]).toMatchObject({ slug: 'acme/board', tags: expect.any(Array) });
    expect(items).not.toContainEqual(expect.objectContaining({ slug: 'acme/chess' }));
    expect(await hub.ask(appRelated, { id: chess?.id ?? '', limit: 2 })).toEqual({ items });
    for (const id of ['acme/none', 'app_0000000000']) await expect(hub.ask(appRelated, { id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
