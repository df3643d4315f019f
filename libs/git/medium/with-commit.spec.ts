import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { DomainError } from '@osiris/contracts';
import { GitFetcher, type GitFetcherOptions } from '../src';
import { git, Repositories } from './repositories';
import { SmartHttp } from './smart-http';

const repositories = new Repositories();
const { allowed, scratch } = repositories;
const servers: { stop(): Promise<void> }[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop();
});
afterAll(() => repositories.remove());

const fetcher = (options: Partial<GitFetcherOptions> = {}): GitFetcher =>
  new GitFetcher({ allowedRoots: [allowed], allowPrivateHosts: true, timeoutMs: 30_000, maxBytes: 50 * 1024 * 1024, ...options });

async function serve(protocol: 0 | 2 = 2): Promise<{ http: SmartHttp; at: (path: string) => string }> {
  const http = new SmartHttp(allowed, protocol);
  servers.push(http);
  const base = await http.start();
  return { http, at: (path) => `${base}${path.slice(allowed.length)}/.git` };
}

/** What `paths` hold, and what is listed. */
const look = (repoUrl: string, paths: string[], { ref = null, maxBytes = 1_000, git: by = fetcher() }: { ref?: string | null; maxBytes?: number; git?: GitFetcher } = {}) =>
  by.withCommit({ repoUrl, ref, scratchParent: scratch }, async (commit) => ({
    commitSha: commit.commitSha, ref: commit.ref, listed: commit.files.map(({ path }) => path), leftOut: commit.leftOut,
    texts: Object.fromEntries([...(await commit.read(paths, maxBytes))].map(([path, { beginning, bytes }]) => [path, [beginning.toString(), bytes]])),
  })).then((looked) => {
    if (looked.outcome === 'unchanged') throw new Error('It was not known before');
    return looked.value;
  });
const codeOf = (promise: Promise<unknown>): Promise<string> => promise.then(() => 'read', (error: unknown) => (error instanceof DomainError ? error.code : `not a DomainError: ${String(error)}`));
const nothingLeft = (): void => expect(existsSync(scratch) ? readdirSync(scratch) : []).toEqual([]);

describe('a commit on a host', () => {
  const files = { 'README.md': '# Hi', 'package.json': '{}', 'src/a.js': 'a', 'src/deep/b.js': 'b', 'big.bin': 'x'.repeat(300_000) };

  it('comes without its files; those that are read come in one fetch a round, each once', async () => {
    const path = repositories.make();
    git(path, ['config', 'uploadpack.allowFilter', 'true']);
    const sha = repositories.commit(path, files);
    const { http, at } = await serve();
    const blob = (name: string): string => git(path, ['rev-parse', `HEAD:${name}`]);
    const looked = await fetcher().withCommit({ repoUrl: at(path), ref: null, scratchParent: scratch }, async (commit) => {
      expect(commit.files.map(({ path: name }) => name)).toEqual(['README.md', 'big.bin', 'package.json', 'src/a.js', 'src/deep/b.js']);
      expect([...(await commit.read(['package.json', 'README.md', 'no/such/file'], 1_000)).keys()]).toEqual(['package.json', 'README.md']);
      expect((await commit.read(['README.md', 'src/deep/b.js'], 1_000)).get('src/deep/b.js')).toEqual({ beginning: Buffer.from('b'), bytes: 1 });
      expect((await commit.read(['README.md'], 1_000)).get('README.md')?.beginning.toString()).toBe('# Hi');
      return [commit.commitSha, commit.ref];
    });
    expect(looked).toEqual({ outcome: 'read', value: [sha, 'main'] });
    expect(http.wants.map((wants) => wants.sort())).toEqual([[sha], [blob('package.json'), blob('README.md')].sort(), [blob('src/deep/b.js')]]);
    expect(http.bytesSent).toBeLessThan(20_000);
    nothingLeft();
  });

  it.each([
    ['that knows no filter', 2, {}],
    ['of protocol 0 that knows no filter', 0, {}],
    ['of protocol 0 that filters, but gives no file by its id', 0, { 'uploadpack.allowFilter': 'true' }],
    ['of protocol 0 that gives everything by its id', 0, { 'uploadpack.allowFilter': 'true', 'uploadpack.allowAnySHA1InWant': 'true' }],
  ] as const)('%s is read as well', async (_, protocol, config) => {
    const path = repositories.make();
    repositories.commit(path, { 'README.md': 'old' });
    const sha = repositories.commit(path, files);
    for (const [key, value] of Object.entries(config)) git(path, ['config', key, value]);
    const { at } = await serve(protocol);
    expect(await look(at(path), ['README.md', 'src/a.js'])).toMatchObject({ commitSha: sha, ref: 'main', texts: { 'README.md': ['# Hi', 4], 'src/a.js': ['a', 1] } });
    nothingLeft();
  });

  it('that is a plain file server is read as well', async () => {
    const path = repositories.make();
    const sha = repositories.commit(path, files);
    git(path, ['update-server-info']);
    const server = createServer((request, response) => {
      try {
        response.writeHead(200).end(readFileSync(join(path, '.git', decodeURIComponent((request.url ?? '').split('?')[0] ?? '').replace(/^\/a\/b\.git/, ''))));
      } catch {
        response.writeHead(404).end();
      }
    });
    servers.push(await listening(server));
    expect(await look(`http://127.0.0.1:${(server.address() as AddressInfo).port}/a/b.git`, ['src/a.js'])).toMatchObject({ commitSha: sha, texts: { 'src/a.js': ['a', 1] } });
  });

  it('is not fetched where it is known already', async () => {
    const path = repositories.make();
    const sha = repositories.commit(path, files);
    const { http, at } = await serve();
    const work = jest.fn();
    expect(await fetcher().withCommit({ repoUrl: at(path), ref: 'main', scratchParent: scratch, unless: sha }, work)).toEqual({ outcome: 'unchanged', commit: { commitSha: sha, ref: 'main' } });
    expect(work).not.toHaveBeenCalled();
    expect(http.wants).toEqual([]);
  });

  it('may name submodules: they are counted, their URL is never asked', async () => {
    const path = repositories.make();
    git(path, ['config', 'uploadpack.allowFilter', 'true']);
    const asked = jest.fn();
    const server = createServer((_, response) => {
      asked();
      response.end();
    });
    servers.push(await listening(server));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/internal`;
    const modules = `[submodule "s"]\n\tpath = s\n\turl = ${url}\n[submodule "f"]\n\tpath = f\n\turl = file:///etc\n`;
    repositories.import(path, `M 160000 ${'1'.repeat(40)} s\nM 160000 ${'2'.repeat(40)} f\nM 100644 inline .gitmodules\ndata <<END\n${modules}END\nM 100644 inline a.txt\ndata 1\na\n`);
    const { at } = await serve();
    expect(await look(at(path), ['a.txt', 's', 'f'])).toMatchObject({ listed: ['.gitmodules', 'a.txt'], leftOut: { submodules: 2 }, texts: { 'a.txt': ['a', 1] } });
    expect(asked).not.toHaveBeenCalled();
  });

  it('is refused where it is larger than allowed', async () => {
    const path = repositories.make();
    repositories.commit(path, { noise: randomBytes(6_000_000) });
    const { at } = await serve();
    expect(await codeOf(look(at(path), [], { git: fetcher({ maxBytes: 1024 * 1024 }) }))).toBe('REPO_TOO_LARGE');
    nothingLeft();
  });
});

describe('a commit of this machine', () => {
  it.each([['a work tree', ''], ['its .git', '/.git']])('is read where it lies: %s', async (_, suffix) => {
    const path = repositories.make();
    const sha = repositories.commit(path, { 'a.txt': 'one', 'b/c.txt': 'two' });
    expect(await look(`file://${path}${suffix}`, ['b/c.txt'])).toEqual({
      commitSha: sha, ref: 'main', listed: ['a.txt', 'b/c.txt'], texts: { 'b/c.txt': ['two', 3] }, leftOut: { further: 0, links: 0, submodules: 0, tooLong: 0 },
    });
    expect(existsSync(scratch) ? readdirSync(scratch) : []).toEqual([]);
  });

  it('finds branches, tags, annotated tags, full names, commit ids and a detached HEAD', async () => {
    const path = repositories.make();
    const first = repositories.commit(path, { 'a.txt': 'one' });
    git(path, ['tag', '-a', 'v1', '-m', 'v1']);
    git(path, ['checkout', '-q', '-b', 'feature/x']);
    const second = repositories.commit(path, { 'a.txt': 'two' });
    const of = async (ref: string | null) => {
      const { commitSha, ref: found } = await look(`file://${path}`, [], { ref });
      expect(await fetcher().lsRemote({ repoUrl: `file://${path}`, ref, scratchParent: scratch })).toEqual({ commitSha, ref: found });
      return [commitSha, found];
    };
    expect(await of('v1')).toEqual([first, 'v1']);
    expect(await of('main')).toEqual([first, 'main']);
    expect(await of(null)).toEqual([second, 'feature/x']);
    expect(await of('refs/heads/feature/x')).toEqual([second, 'feature/x']);
    expect(await of(first)).toEqual([first, null]);
    git(path, ['checkout', '-q', '--detach', first]);
    expect(await of(null)).toEqual([first, null]);
  });

  it('is read of sha256 repositories, bare ones and work trees of others', async () => {
    const path = repositories.make('--object-format=sha256');
    const sha = repositories.commit(path, { 'a/b.txt': 'one' });
    expect(await look(`file://${path}`, ['a/b.txt'])).toMatchObject({ commitSha: sha, texts: { 'a/b.txt': ['one', 3] } });
    git(allowed, ['clone', '-q', '--bare', path, `${path}-bare.git`]);
    expect(await look(`file://${path}-bare`, [])).toMatchObject({ commitSha: sha });
    git(path, ['worktree', 'add', '-q', '-b', 'other', `${path}-other`]);
    expect(await look(`file://${path}-other`, [])).toMatchObject({ commitSha: sha, ref: 'other' });
  });

  it('says what is missing', async () => {
    const path = repositories.make();
    expect(await codeOf(look(`file://${path}`, []))).toBe('REPO_EMPTY');
    repositories.commit(path, { 'a.txt': 'one' });
    expect(await codeOf(look(`file://${path}`, [], { ref: 'nope' }))).toBe('REF_NOT_FOUND');
    expect(await codeOf(look(`file://${path}`, [], { ref: '1'.repeat(40) }))).toBe('REF_NOT_FOUND');
    expect(await codeOf(look(`file://${path}`, [], { ref: git(path, ['rev-parse', 'HEAD:a.txt']) }))).toBe('REF_NOT_FOUND');
    git(path, ['symbolic-ref', 'HEAD', 'refs/heads/unborn']);
    expect(await look(`file://${path}`, [])).toMatchObject({ ref: 'main' });
    git(path, ['branch', '-m', 'main', 'one']);
    git(path, ['branch', 'two', 'one']);
    expect(await codeOf(look(`file://${path}`, []))).toBe('REF_NOT_FOUND');
    expect(await codeOf(look(`file://${allowed}/absent`, []))).toBe('REPO_NOT_FOUND');
  });

  it('hides what it hides from everyone', async () => {
    const path = repositories.make();
    repositories.commit(path, { 'a.txt': 'one' });
    git(path, ['branch', 'secret/plan']);
    expect(await look(`file://${path}`, [], { ref: 'secret/plan' })).toMatchObject({ ref: 'secret/plan' });
    git(path, ['config', 'transfer.hideRefs', 'refs/heads/secret']);
    expect(await codeOf(look(`file://${path}`, [], { ref: 'secret/plan' }))).toBe('REF_NOT_FOUND');
    expect(await look(`file://${path}`, [])).toMatchObject({ ref: 'main' });
    const included = join(repositories.root, 'included');
    writeFileSync(included, '[transfer]\n\thideRefs = refs/heads/secret\n');
    git(path, ['config', '--unset', 'transfer.hideRefs']);
    git(path, ['config', 'include.path', included]);
    expect(await codeOf(look(`file://${path}`, [], { ref: 'secret/plan' }))).toBe('REF_NOT_FOUND');
  });

  it('is read one after the other and several at a time, whatever one of them was left at', async () => {
    const git_ = fetcher();
    const made = await Promise.all(Array.from({ length: 6 }, async (_, index) => {
      const path = repositories.make();
      repositories.commit(path, { name: `of ${index}`, large: Buffer.alloc(3_000_000, 'x') });
      return path;
    }));
    for (let round = 0; round < 3; round++) {
      const texts = await Promise.all(made.map((path, index) => {
        if ((index + round) % 3 > 0) return look(`file://${path}`, ['name'], { git: git_ }).then(({ texts }) => texts['name']?.[0]);
        // What throws, or stops reading in the midst of it, leaves nothing for the next.
        const request = { repoUrl: `file://${path}`, ref: null, scratchParent: scratch };
        return git_.withCommit(request, (commit) => commit.read(['large', 'name'], 10).then(() => Promise.reject(new Error('enough')))).catch(() => `of ${index}`);
      }));
      expect(texts).toEqual(made.map((_, index) => `of ${index}`));
    }
  });

  it('of which the objects are broken is unreadable, and the next one is read', async () => {
    const git_ = fetcher();
    const [broken, whole] = [repositories.make(), repositories.make()];
    for (const path of [broken, whole]) repositories.commit(path, { 'a.txt': 'one' });
    const oid = git(broken, ['rev-parse', 'HEAD^{tree}']);
    const file = join(broken, '.git/objects', oid.slice(0, 2), oid.slice(2));
    rmSync(file);
    writeFileSync(file, 'no object');
    expect(await codeOf(look(`file://${broken}`, [], { git: git_ }))).toBe('REPO_UNREACHABLE');
    writeFileSync(join(broken, '.git/config'), '[core\n');
    expect(await codeOf(look(`file://${broken}`, [], { git: git_ }))).toMatch(/^REPO_/);
    expect(await look(`file://${whole}`, ['a.txt'], { git: git_ })).toMatchObject({ texts: { 'a.txt': ['one', 3] } });
  });

  it('waits for no pipe that stands in the place of a file', async () => {
    for (const name of ['HEAD', 'config']) {
      const path = repositories.make();
      repositories.commit(path, { 'a.txt': 'one' });
      rmSync(join(path, '.git', name));
      execFileSync('mkfifo', [join(path, '.git', name)]);
      expect(await codeOf(look(`file://${path}`, [], { git: fetcher({ timeoutMs: 1_000 }) }))).toBe('REPO_TIMEOUT');
    }
  });

  it('that is aborted while it is read ends at once', async () => {
    const git_ = fetcher();
    const path = repositories.make();
    repositories.commit(path, { 'a.txt': 'one' });
    const controller = new AbortController();
    const reading = git_.withCommit({ repoUrl: `file://${path}`, ref: null, scratchParent: scratch, signal: controller.signal }, async (commit) => {
      controller.abort(new Error('canceled'));
      return commit.read(['a.txt'], 10);
    });
    await expect(reading).rejects.toThrow('canceled');
    expect(await look(`file://${path}`, ['a.txt'], { git: git_ })).toMatchObject({ texts: { 'a.txt': ['one', 3] } });
  });

  it('takes one process to be found unchanged', async () => {
    const path = repositories.make();
    const sha = repositories.commit(path, { 'a.txt': 'one' });
    // A git that says that it was called, in front of the real one.
    const bin = join(repositories.root, 'bin');
    const calls = join(repositories.root, 'calls');
    mkdirSync(bin);
    const real = execFileSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).trim();
    for (const name of ['git', 'git-upload-pack', 'timeout', 'sh']) writeFileSync(join(bin, name), `#!/bin/sh\necho "${name} $*" >> ${calls}\nexec ${name === 'git' ? real : `/usr/bin/${name}`} "$@"\n`, { mode: 0o755 });
    const before = process.env['PATH'];
    process.env['PATH'] = `${bin}:${before}`;
    try {
      const git_ = fetcher();
      const request = { repoUrl: `file://${path}`, ref: 'main', scratchParent: scratch, unless: sha };
      await git_.withCommit(request, jest.fn());
      rmSync(calls);
      expect(await git_.withCommit(request, jest.fn())).toMatchObject({ outcome: 'unchanged' });
      expect(await git_.lsRemote(request)).toEqual({ commitSha: sha, ref: 'main' });
    } finally {
      process.env['PATH'] = before;
    }
    expect(readFileSync(calls, 'utf8').trim().split('\n')).toEqual(Array(2).fill(`git --git-dir ${path}/.git cat-file --batch-command`));
  });
});

async function listening(server: Server): Promise<{ stop(): Promise<void> }> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
