import type { SearchDocument } from '../document';
import { parseQuery } from '../query/parse-query';
import { mergeSegments } from '../segments/segment-writer';
import { IndexHost } from './index-host';
import type { Call, Reply } from './messages';

const documents = (from: number, count: number): SearchDocument[] =>
  Array.from({ length: count }, (_, at) => ({
    id: `app_${from + at}`, slug: `a/b${from + at}`, name: 'Chess', description: '', readme: '', tags: [], status: 'ready', popularity: 0, createdAt: 0,
  })); // prettier-ignore
const call = (fields: Pick<Call, 'name' | 'input'>, deadline: number | null = null): Call => ({ number: 7, deadline, ...fields }) as Call;
const search: Pick<Call, 'name' | 'input'> = { name: 'search', input: { query: parseQuery('chess'), options: { sort: 'relevance', limit: 1 } } };
const valueOf = (reply: Reply): unknown => ('value' in reply ? reply.value : reply.thrown);

describe('the worker that has the index', () => {
  it('does not begin with what nobody waits for any more', () => {
    const host = new IndexHost(() => Promise.reject(new Error()), () => 1_000);
    expect(host.answer(call(search, 999))).toEqual({ number: 7, thrown: { kind: 'late' } });
    expect(valueOf(host.answer(call(search, 1_000)))).toMatchObject({ total: 0 });
  });

  it('tries a merge that failed again, later', async () => {
    let now = 0;
    let merges = 0;
    jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
    const host = new IndexHost((parts) => (++merges === 1 ? Promise.reject(new Error('no memory')) : Promise.resolve(mergeSegments(parts))), () => now);
    const put = (from: number): unknown => valueOf(host.answer(call({ name: 'put', input: documents(from, 3_000) })));
    put(0);
    put(3_000);
    put(6_000);
    await new Promise((resolve) => setImmediate(resolve));
    put(9_000);
    expect(merges).toBe(1);
    now = 30_001;
    put(12_000);
    await new Promise((resolve) => setImmediate(resolve));
    expect(merges).toBe(2);
    expect(valueOf(host.answer(call({ name: 'stats', input: undefined })))).toMatchObject({ documents: 15_000, segments: [{ documents: 15_000, dead: 0 }] });
  });

  it('throws away a merge of an index that has been replaced', async () => {
    let finish = (): void => undefined;
    const host = new IndexHost((parts) => new Promise((resolve) => (finish = () => resolve(mergeSegments(parts)))));
    for (let from = 0; from < 9_000; from += 3_000) host.answer(call({ name: 'put', input: documents(from, 3_000) }));
    host.answer(call({ name: 'adopt', input: { segment: null, put: documents(0, 2), removed: [] } }));
    finish();
    await new Promise((resolve) => setImmediate(resolve));
    expect(valueOf(host.answer(call(search)))).toMatchObject({ total: 2 });
  });
});
