import { parseQuery, type SearchDocument, type SearchOptions, SearchThread, SearchThreadBusy, SearchThreadLost } from '../src';

/** With the real workers: they run from `dist`. */
const aDocument = (id: number, more: Partial<SearchDocument> = {}): SearchDocument => ({
  id: `app_${String(id).padStart(6, '0')}`,
  slug: `corpus/app-${id}`,
  name: `Chess ${id}`,
  description: `Plays number ${id} of all the openings`,
  readme: '',
  tags: [{ key: 'lang', value: id % 2 === 0 ? 'Go' : 'Rust' }],
  status: 'ready',
  popularity: id,
  createdAt: id,
  ...more,
});
const documents = (count: number, from = 0): SearchDocument[] => Array.from({ length: count }, (_, at) => aDocument(from + at));
const OPTIONS: SearchOptions = { sort: 'relevance', limit: 10 };

describe('the search thread', () => {
  let thread: SearchThread;
  beforeEach(() => (thread = SearchThread.start()));
  afterEach(() => thread.close());
  const total = async (q: string): Promise<number> => (await thread.search(parseQuery(q), OPTIONS)).total;

  async function build(of: SearchDocument[], meanwhile: () => Promise<void> = async () => undefined): Promise<void> {
    const building = thread.build();
    for (let at = 0; at < of.length; at += 500) await building.add(of.slice(at, at + 500));
    await meanwhile();
    await building.finish();
  }

  it('finds, suggests and relates what was put, and no longer what was removed', async () => {
    const rare = [...aDocument(1).tags, { key: 'kind', value: 'rare' }];
    await thread.put(Array.from({ length: 20 }, (_, at) => aDocument(at, { name: `Other ${at}` })));
    await thread.put([aDocument(1, { tags: rare }), aDocument(2, { name: 'Board', tags: rare })]);
    expect((await thread.search(parseQuery('chess'), OPTIONS)).ids).toEqual(['app_000001']);
    expect((await thread.suggest('lang:g', 5)).map(({ value }) => value)).toEqual(['Go']);
    expect((await thread.related('app_000001', 1)).map(({ id }) => id)).toEqual(['app_000002']);
    await thread.remove(['app_000001']);
    expect(await total('chess')).toBe(0);
    expect((await thread.stats()).documents).toBe(19);
  });

  it('makes changes in the order of the calls, however large they are', async () => {
    await Promise.all([thread.put(documents(450)), thread.put([aDocument(449, { name: 'Newest' })]), thread.remove(['app_000448'])]);
    expect(await total('newest')).toBe(1);
    expect((await thread.stats()).documents).toBe(449);
  });

  it('has the index refuse a query in its own words', async () => {
    await thread.put(documents(3));
    const refused = thread.search(parseQuery('chess unheard:x'), OPTIONS);
    await expect(refused).rejects.toMatchObject({ name: 'QueryError', position: 6 });
    expect(await total('chess')).toBe(3);
  });

  it('answers many at once, each with its own', async () => {
    await thread.put(documents(100));
    const answers = await Promise.all(Array.from({ length: 100 }, (_, id) => thread.search(parseQuery(`"chess ${id}"`), OPTIONS)));
    expect(answers.map(({ ids }) => ids)).toEqual(documents(100).map(({ id }) => [id]));
  });

  it('serves the old index while a new one is built, and keeps what changes meanwhile', async () => {
    await build(documents(3_000));
    expect(await total('chess')).toBe(3_000);
    await build(documents(3_000), async () => {
      await thread.remove(['app_000007']);
      await thread.put([aDocument(8, { name: 'Changed' }), aDocument(9_000)]);
      expect(await total('chess')).toBe(2_999);
    });
    expect([await total('chess'), await total('changed'), (await thread.stats()).documents]).toEqual([2_999, 1, 3_000]);
  });

  it('builds one index at a time', async () => {
    const first = thread.build();
    expect(() => thread.build()).toThrow('being built already');
    await first.abort();
    await build(documents(10));
    expect(await total('chess')).toBe(10);
  });

  it('joins segments in the background, with nothing lost', async () => {
    await build(documents(2_000));
    for (let from = 2_000; from < 10_000; from += 400) await thread.put(documents(400, from));
    await thread.remove(documents(500).map(({ id }) => id));
    const deadline = Date.now() + 20_000;
    while ((await thread.stats()).segments.length > 8 && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 50));
    expect((await thread.stats()).segments.length).toBeLessThanOrEqual(8);
    expect([await total('chess'), await total('lang:go')]).toEqual([9_500, 4_750]);
  }, 30_000);

  it('refuses a question that has waited too long, and answers the next', async () => {
    const hurried = SearchThread.start({ patienceMs: 60 });
    try {
      const large = documents(20_000);
      const put = hurried.put(large.slice(0, 200));
      const refused = expect(Promise.all(
        Array.from({ length: 1_500 }, () => hurried.search(parseQuery('chess -phrase "of all" lang:go'), OPTIONS)),
      )).rejects.toBeInstanceOf(SearchThreadBusy); // prettier-ignore
      const rest = hurried.put(large.slice(200));
      await refused;
      await Promise.all([put, rest]);
      const deadline = Date.now() + 10_000;
      for (;;) {
        const answer = await hurried.search(parseQuery('chess'), OPTIONS).catch(() => null);
        if (answer) return expect(answer.total).toBe(20_000);
        if (Date.now() > deadline) throw new Error('It does not recover');
      }
    } finally {
      await hurried.close();
    }
  }, 30_000);

  it('tells that its worker died, rejects what was asked, and begins anew with the next build', async () => {
    await build(documents(10));
    const lost = new Promise((resolve) => thread.onLost(resolve));
    const question = expect(thread.search(parseQuery('chess'), OPTIONS)).rejects.toBeInstanceOf(SearchThreadLost);
    await (thread as unknown as { worker: { terminate(): Promise<number> } }).worker.terminate();
    await question;
    await lost;
    await expect(total('chess')).rejects.toBeInstanceOf(SearchThreadLost);
    await build(documents(12));
    expect(await total('chess')).toBe(12);
  });

  it('rejects what is still asked when it is closed', async () => {
    const question = expect(thread.search(parseQuery('chess'), OPTIONS)).rejects.toBeInstanceOf(SearchThreadLost);
    await thread.close();
    await question;
  });
});
