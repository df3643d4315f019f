import { DomainError, Media } from '@osiris/contracts';
import type { Logger, Uploads } from '@osiris/service-kit';
import type { CommitFiles, FoundMedia, ReadFile } from '../readers/reader';
import { Pictures } from './pictures';

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1]);
const about = { appId: 'app_0123456789', ingestionId: 'ing_0123456789' };
const picture = (path: string): FoundMedia => ({ kind: 'image', path, title: path });

class FakeCommit implements CommitFiles {
  readonly truncated = false;
  readonly asked: string[][] = [];
  constructor(private readonly bytes: Record<string, Buffer | Error>) {}
  get files() {
    return Object.keys(this.bytes).map((path) => ({ path, bytes: null }));
  }
  read(paths: readonly string[], maxBytes: number): Promise<ReadonlyMap<string, ReadFile>> {
    this.asked.push([...paths]);
    const found = paths.flatMap((path) => (this.bytes[path] === undefined ? [] : [[path, this.bytes[path]] as const]));
    const broken = found.find(([, bytes]) => bytes instanceof Error)?.[1];
    if (broken instanceof Error) return Promise.reject(broken);
    return Promise.resolve(new Map(found.map(([path, bytes]) => [path, { beginning: (bytes as Buffer).subarray(0, maxBytes), bytes: (bytes as Buffer).length }])));
  }
}

function storing(commit: CommitFiles, options: { failAfter?: number } = {}) {
  const put: { what: unknown; body: unknown }[] = [];
  const uploads = {
    put: (what: unknown, body: unknown) => {
      if (put.length >= (options.failAfter ?? Infinity)) return Promise.reject(new DomainError('STORE_UNAVAILABLE', 'away'));
      put.push({ what, body });
      return Promise.resolve({ id: `art_000000000${put.length}`, bytes: 1, sha256: '' });
    },
  } as unknown as Uploads;
  const service = new Pictures(uploads, { warn: () => undefined } as unknown as Logger);
  return { put, store: (found: FoundMedia[], signal = new AbortController().signal) => service.store(commit, found, about, signal) };
}

describe('storing pictures', () => {
  it('keeps them as artifacts of the ingestion, and the order of all media', async () => {
    const commit = new FakeCommit({ 'a.png': PNG, 'b.gif': Buffer.from('GIF89a-') });
    const { put, store } = storing(commit);
    const demo: FoundMedia = { kind: 'demo', url: 'https://d.dev', title: 'Demo' };
    const { media, warnings } = await store([picture('b.gif'), demo, picture('a.png')]);
    expect(media).toEqual([{ kind: 'image', url: '/pictures/art_0000000001', title: 'b.gif' }, demo, { kind: 'image', url: '/pictures/art_0000000002', title: 'a.png' }]);
    expect(media.every((one) => Media.safeParse(one).success)).toBe(true);
    expect(warnings).toEqual([]);
    expect(put.map(({ what }) => what)).toEqual([{ kind: 'picture', owner: about, contentType: 'image/gif' }, { kind: 'picture', owner: about, contentType: 'image/png' }]);
    // In one go.
    expect(commit.asked).toEqual([['b.gif', 'a.png']]);
  });

  it('asks for nothing where all have addresses', async () => {
    const commit = new FakeCommit({});
    expect((await storing(commit).store([{ kind: 'image', url: 'https://x', title: '' }])).media).toHaveLength(1);
    expect(commit.asked).toEqual([]);
  });

  it.each([
    ['what is no picture, whatever its name', Buffer.from('<svg><script>alert(1)</script></svg>'), /no PNG, JPEG, GIF, WebP or AVIF/],
    ['a pointer of Git LFS', Buffer.from('version https://git-lfs.github.com/spec/v1\noid sha256:x\nsize 1'), /pointer of Git LFS/],
    ['what is too large', Buffer.concat([PNG, Buffer.alloc(6_000_000)]), /larger than/],
  ])('leaves out %s, and says so', async (_what, bytes, message) => {
    const { put, store } = storing(new FakeCommit({ 'a.png': bytes, 'b.png': PNG }));
    const { media, warnings } = await store([picture('a.png'), picture('b.png')]);
    expect(media).toMatchObject([{ title: 'b.png' }]);
    expect(warnings).toMatchObject([{ code: 'FILE_UNREADABLE', path: 'a.png', message: expect.stringMatching(message) }]);
    expect(put).toHaveLength(1);
  });

  it('keeps six at most, and one of each', async () => {
    const names = Array.from({ length: 8 }, (_, index) => `${index}.png`);
    const { put, store } = storing(new FakeCommit(Object.fromEntries(names.map((name) => [name, PNG]))));
    expect((await store(names.map(picture))).media).toHaveLength(6);
    expect(put).toHaveLength(6);
    const twice = storing(new FakeCommit({ 'a.png': PNG }));
    expect((await twice.store([picture('a.png'), picture('a.png')])).media).toHaveLength(2);
    expect(twice.put).toHaveLength(1);
  });

  it('gives up the rest, not the ingestion, where the store is away or the host breaks off', async () => {
    const { put, store } = storing(new FakeCommit({ 'a.png': PNG, 'b.png': PNG, 'c.png': PNG }), { failAfter: 1 });
    const { media, warnings, storeAway } = await store(['a.png', 'b.png', 'c.png'].map(picture));
    expect(media).toMatchObject([{ title: 'a.png' }]);
    expect(storeAway).toBe(true);
    expect(warnings).toMatchObject([{ message: '2 of 3 pictures could not be stored; the next reading tries again' }]);
    expect(put).toHaveLength(1);
    const broken = storing(new FakeCommit({ 'a.png': new DomainError('REPO_TOO_LARGE', 'too large') }));
    expect(await broken.store([picture('a.png')])).toMatchObject({ warnings: [{ path: null }], storeAway: false });
  });

  it('ends at once where the work is aborted', async () => {
    const reason = new Error('lost');
    const { put, store } = storing(new FakeCommit({ 'a.png': PNG }));
    await expect(store([picture('a.png')], AbortSignal.abort(reason))).rejects.toBe(reason);
    expect(put).toEqual([]);
  });
});
