import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CheckedOutCommit } from '@osiris/git';
import type { Logger } from '@osiris/service-kit';
import type { BuildEnv } from '../src/env';
import { type Source, type SourceOf, Sources } from '../src/sources/sources';

const home = mkdtempSync(join(tmpdir(), 'osiris-sources-'));
afterAll(() => rmSync(home, { recursive: true }));

function sourcesOf(maxBytes: number): { sources: Sources; fetched: string[]; fetch: (of: SourceOf) => (into: string) => Promise<CheckedOutCommit> } {
  const fetched: string[] = [];
  const env = { OSIRIS_HOME: home, BUILD_SOURCES_MAX_BYTES: maxBytes } as BuildEnv;
  const sources = new Sources(env, { info: () => undefined, warn: () => undefined } as unknown as Logger);
  const fetch = ({ appId, commitSha }: SourceOf) => async (into: string): Promise<CheckedOutCommit> => {
    fetched.push(appId + commitSha);
    await mkdir(into, { recursive: true });
    await writeFile(join(into, 'file'), commitSha);
    return { commitSha, ref: null, bytes: 100, blobs: new Map() };
  };
  return { sources, fetched, fetch };
}

const of = (appId: string, commitSha: string): SourceOf => ({ appId, commitSha, repoUrl: 'https://example.org/a.git' });
const text = ({ tree }: Source): Promise<string> => readFile(join(tree, 'file'), 'utf8');

it('fetches a commit once for builds of one app, one after another and at once', async () => {
  const { sources, fetched, fetch } = sourcesOf(1_000);
  const use = (one: SourceOf): Promise<[string, boolean]> => sources.use(one, fetch(one), async (source) => [await text(source), source.kept]);
  expect(await use(of('a', '1'))).toEqual(['1', false]);
  expect(await Promise.all([use(of('a', '1')), use(of('a', '1'))])).toEqual([['1', true], ['1', true]]);
  expect(await use(of('b', '1'))).toEqual(['1', false]);
  // The same commit of another address may be another's.
  expect(await use({ ...of('a', '1'), repoUrl: 'https://example.com/a.git' })).toEqual(['1', false]);
  expect(fetched).toEqual(['a1', 'b1', 'a1']);
  await sources.onModuleDestroy();
});

it('removes what another commit has replaced, once nobody reads it', async () => {
  const { sources, fetch } = sourcesOf(1_000);
  const [one, two] = [of('a', '1'), of('a', '2')];
  let first = '';
  await sources.use(one, fetch(one), async (source) => {
    first = source.tree;
    await sources.use(two, fetch(two), text);
    expect(await text(source)).toBe('1');
  });
  expect(existsSync(first)).toBe(false);
  const second = await sources.use(two, fetch(two), (source) => Promise.resolve(source.tree));
  expect(existsSync(second)).toBe(true);
  await sources.forget('a');
  expect(existsSync(second)).toBe(false);
});

it('keeps no more than the limit, what was used last', async () => {
  const { sources, fetched, fetch } = sourcesOf(250);
  for (const one of [of('a', '1'), of('b', '1'), of('a', '1'), of('c', '1'), of('a', '1'), of('b', '1')]) await sources.use(one, fetch(one), text);
  expect(fetched).toEqual(['a1', 'b1', 'c1', 'b1']);
  await sources.onModuleDestroy();
  const none = sourcesOf(0);
  const tree = await none.sources.use(of('a', '1'), none.fetch(of('a', '1')), (source) => Promise.resolve(source.tree));
  expect(existsSync(tree)).toBe(false);
});

it('leaves nothing of a fetch that fails', async () => {
  const { sources, fetch } = sourcesOf(1_000);
  let tree = '';
  const failing = (into: string): Promise<CheckedOutCommit> => fetch(of('a', '1'))((tree = into)).then(() => Promise.reject(new Error('no network')));
  await expect(sources.use(of('a', '1'), failing, text)).rejects.toThrow('no network');
  expect(existsSync(join(tree, '..'))).toBe(false);
});

it('makes of a commit once what does not change, and again what failed', async () => {
  const { sources, fetch } = sourcesOf(1_000);
  let made = 0;
  const use = (fails: boolean): Promise<number> => sources.use(of('a', '1'), fetch(of('a', '1')), ({ once }) => once('x', () => (++made, fails ? Promise.reject(new Error('no')) : Promise.resolve(made))));
  await expect(use(true)).rejects.toThrow('no');
  expect([await use(false), await use(false), made]).toEqual([2, 2, 2]);
  await sources.onModuleDestroy();
});
