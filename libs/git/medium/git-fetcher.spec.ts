import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DomainError } from '@osiris/contracts';
import { GitFetcher, type GitFetcherOptions } from '../src';
import { movedTo } from '../src/redirects';
import { locate } from '../src/repo-location';
import { SmartHttp } from './smart-http';

const root = realpathSync(mkdtempSync(join(tmpdir(), 'osiris-git-')));
const allowed = join(root, 'repos');
const env = { ...process.env, GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null', GIT_AUTHOR_NAME: 'a', GIT_AUTHOR_EMAIL: 'a@b', GIT_COMMITTER_NAME: 'a', GIT_COMMITTER_EMAIL: 'a@b' };
const git = (cwd: string, ...args: string[]): string => execFileSync('git', args, { cwd, env, encoding: 'utf8', stdio: 'pipe' }).trim();

let made = 0;
function repository(...extra: string[]): string {
  const path = join(allowed, `repo-${++made}`);
  mkdirSync(path, { recursive: true });
  git(path, 'init', '-q', '-b', 'main', ...extra);
  return path;
}
function commit(path: string, files: Record<string, string>): string {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(path, name), text);
  git(path, 'add', '-A');
  git(path, 'commit', '-q', '-m', 'x');
  return git(path, 'rev-parse', 'HEAD');
}
let target = 0;
const into = (): string => join(root, 'work', String(++target), 'tree');
const fetcher = (options: Partial<GitFetcherOptions> = {}): GitFetcher =>
  new GitFetcher({ allowedRoots: [allowed], allowPrivateHosts: true, timeoutMs: 20_000, maxBytes: 50 * 1024 * 1024, ...options });
const codeOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(() => 'fetched', (error: unknown) => (error instanceof DomainError ? error.code : `not a DomainError: ${String(error)}`));

beforeAll(() => mkdirSync(allowed, { recursive: true }));
afterAll(() => rmSync(root, { recursive: true, force: true }));

describe('file:// repositories', () => {
  it('leaves the default branch at `into`, without .git and without scratch folders', async () => {
    const path = repository();
    const sha = commit(path, { 'a.txt': 'one' });
    const tree = into();
    expect(await fetcher().fetch({ repoUrl: `file://${path}`, ref: null, into: tree })).toEqual({ commitSha: sha, ref: 'main', blobs: new Map([['a.txt', expect.stringMatching(/^[0-9a-f]{40}$/) as unknown]]), bytes: 3 });
    expect(readdirSync(tree)).toEqual(['a.txt']);
    expect(readdirSync(join(tree, '..'))).toEqual(['tree']);
  });

  it('finds branches, tags, annotated tags, full names and commit ids', async () => {
    const path = repository();
    const first = commit(path, { 'a.txt': 'one' });
    git(path, 'tag', '-a', 'v1', '-m', 'v1');
    git(path, 'checkout', '-q', '-b', 'feature/x');
    const second = commit(path, { 'a.txt': 'two' });
    const of = async (ref: string): Promise<string> => (await fetcher().fetch({ repoUrl: `file://${path}`, ref, into: into() })).commitSha;
    expect(await of('v1')).toBe(first);
    expect(await of('feature/x')).toBe(second);
    expect(await of('refs/heads/feature/x')).toBe(second);
    expect(await of(first)).toBe(first);
    expect(await fetcher().lsRemote({ repoUrl: `file://${path}`, ref: 'main', scratchParent: root })).toEqual({ commitSha: first, ref: 'main' });
  });

  it('fetches exactly the commit asked for, also where the branch has moved on', async () => {
    const path = repository();
    const first = commit(path, { 'a.txt': 'one' });
    commit(path, { 'a.txt': 'two' });
    const tree = into();
    expect((await fetcher().fetch({ repoUrl: `file://${path}`, ref: 'main', commitSha: first, into: tree })).commitSha).toBe(first);
    expect(readFileSync(join(tree, 'a.txt'), 'utf8')).toBe('one');
  });

  it('never gives another commit for one that is not there', async () => {
    const path = repository();
    commit(path, { 'a.txt': 'one' });
    const tree = into();
    expect(await codeOf(fetcher().fetch({ repoUrl: `file://${path}`, ref: 'main', commitSha: '1'.repeat(40), into: tree }))).toBe('REF_NOT_FOUND');
    expect(existsSync(join(tree, 'a.txt'))).toBe(false);
  });

  it('reads sha256 repositories', async () => {
    const path = repository('--object-format=sha256');
    const sha = commit(path, { 'a.txt': 'one' });
    expect(sha).toHaveLength(64);
    expect(await fetcher().fetch({ repoUrl: `file://${path}`, ref: null, into: into() })).toEqual({ commitSha: sha, ref: 'main', blobs: new Map([['a.txt', expect.stringMatching(/^[0-9a-f]{64}$/) as unknown]]), bytes: 3 });
    expect((await fetcher().fetch({ repoUrl: `file://${path}`, ref: 'main', commitSha: sha, into: into() })).commitSha).toBe(sha);
  });

  it('says what is missing', async () => {
    const path = repository();
    expect(await codeOf(fetcher().fetch({ repoUrl: `file://${path}`, ref: null, into: into() }))).toBe('REPO_EMPTY');
    expect(await codeOf(fetcher().fetch({ repoUrl: `file://${path}`, ref: 'x', into: into() }))).toBe('REPO_EMPTY');
    commit(path, { 'a.txt': 'one' });
    expect(await codeOf(fetcher().fetch({ repoUrl: `file://${path}`, ref: 'x', into: into() }))).toBe('REF_NOT_FOUND');
    mkdirSync(join(allowed, 'plain'), { recursive: true });
    expect(await codeOf(fetcher().fetch({ repoUrl: `file://${allowed}/plain`, ref: null, into: into() }))).toBe('REPO_NOT_FOUND');
    expect(await codeOf(fetcher().fetch({ repoUrl: `file://${allowed}/absent`, ref: null, into: into() }))).toBe('REPO_NOT_FOUND');
  });

  it('stays below the allowed roots, symbolic links included', async () => {
    const outside = join(root, 'outside');
    mkdirSync(outside);
    git(outside, 'init', '-q');
    commit(outside, { 'secret.txt': 'x' });
    symlinkSync(outside, join(allowed, 'way-out'));
    expect(await codeOf(fetcher().fetch({ repoUrl: `file://${outside}`, ref: null, into: into() }))).toBe('REPO_URL_INVALID');
    expect(await codeOf(fetcher().fetch({ repoUrl: `file://${allowed}/way-out`, ref: null, into: into() }))).toBe('HOST_NOT_ALLOWED');
  });
});

describe('hostile input', () => {
  it.each([
    ['--upload-pack=touch x', null, 'REPO_URL_INVALID'],
    ['ext::sh -c touch% x', null, 'REPO_URL_INVALID'],
    ['file:///etc', null, 'REPO_URL_INVALID'],
    ['ssh://-oProxyCommand=x/y', null, 'REPO_URL_INVALID'],
    ['https://example.com/a/b', '--orphan=x', 'REF_INVALID'],
    ['https://example.com/a/b', '-x', 'REF_INVALID'],
    ['https://example.com/a/b', 'a..b', 'REF_INVALID'],
    ['https://example.com/a/b', 'x:refs/heads/y', 'REF_INVALID'],
  ])('%s at %s: %s', async (repoUrl, ref, code) => {
    expect(await codeOf(fetcher().fetch({ repoUrl, ref, into: into() }))).toBe(code);
  });

  it('runs no hook, filter or submodule, and follows no link of the repository', async () => {
    const path = repository();
    const sub = repository();
    commit(sub, { 'sub.txt': 'x' });
    const proof = join(root, 'proof');
    git(path, '-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', `file://${sub}`, 'sub');
    git(path, 'config', 'filter.evil.smudge', `touch ${proof}`);
    writeFileSync(join(path, '.git/hooks/post-checkout'), `#!/bin/sh\ntouch ${proof}\n`, { mode: 0o755 });
    symlinkSync('/etc/passwd', join(path, 'link'));
    commit(path, { '.gitattributes': '*.txt filter=evil\n*.bin filter=lfs', 'a.txt': 'x', 'b.bin': 'version https://git-lfs.github.com/spec/v1\n' });
    rmSync(proof, { force: true });
    const tree = into();
    await fetcher().fetch({ repoUrl: `file://${path}`, ref: null, into: tree });
    expect(existsSync(proof)).toBe(false);
    expect(readdirSync(join(tree, 'sub'))).toEqual([]);
    expect(readlinkSync(join(tree, 'link'))).toBe('/etc/passwd');
  });

  it('keeps away from addresses of this network', async () => {
    const strict = fetcher({ allowPrivateHosts: false });
    for (const host of ['127.0.0.1', 'localhost', '[::1]', '2130706433', '169.254.169.254', '10.0.0.1']) {
      expect(await codeOf(strict.fetch({ repoUrl: `http://${host}:1/a/b`, ref: null, into: into() }))).toBe('HOST_NOT_ALLOWED');
    }
  });
});

describe('limits', () => {
  it('refuses a repository that is larger than allowed, packed or unpacked', async () => {
    const path = repository();
    commit(path, { zeros: '0'.repeat(4 * 1024 * 1024) });
    expect(await codeOf(fetcher({ maxBytes: 1024 * 1024 }).fetch({ repoUrl: `file://${path}`, ref: null, into: into() }))).toBe('REPO_TOO_LARGE');
  });

  it('refuses a tree whose listing is longer than is read, whatever lies beyond', async () => {
    const path = repository();
    const hash = (file: string): string => git(path, 'hash-object', '-w', file);
    writeFileSync(join(path, 'small'), '');
    writeFileSync(join(path, 'large'), '0'.repeat(4 * 1024 * 1024));
    const [small, large] = [hash('small'), hash('large')];
    const tree = (entries: string[]): string => execFileSync('git', ['mktree'], { cwd: path, env, input: `${entries.join('\n')}\n`, encoding: 'utf8' }).trim();
    const named = (index: number): string => String(index).padStart(2, '0') + 'n'.repeat(240);
    // 36³ names of 730 characters: more than 32 MiB of listing, and fewer files than are allowed.
    const of = (mode: string, kind: string, id: string): string[] => Array.from({ length: 36 }, (_, index) => `${mode} ${kind} ${id}\t${named(index)}`);
    const leaves = tree(of('100644', 'blob', small));
    const root = tree([...of('040000', 'tree', tree(of('040000', 'tree', leaves))), `100644 blob ${large}\tzz-last`]);
    git(path, 'update-ref', 'refs/heads/main', git(path, 'commit-tree', '-m', 'x', root));
    const target = into();
    expect(await codeOf(fetcher({ maxBytes: 1024 * 1024 }).fetch({ repoUrl: `file://${path}`, ref: 'main', into: target }))).toBe('REPO_TOO_LARGE');
    expect(existsSync(target)).toBe(false);
  });

  it('ends on time and on abort, leaving no process', async () => {
    const sockets = new Set<Socket>();
    const server = createServer(() => undefined).on('connection', (socket) => sockets.add(socket));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const repoUrl = `http://127.0.0.1:${port}/a/b`;
    expect(await codeOf(fetcher({ timeoutMs: 500 }).fetch({ repoUrl, ref: null, into: into() }))).toBe('REPO_TIMEOUT');
    const controller = new AbortController();
    setTimeout(() => controller.abort(new Error('canceled')), 300);
    await expect(fetcher().fetch({ repoUrl, ref: null, into: into(), signal: controller.signal })).rejects.toThrow('canceled');
    expect(execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' })).not.toContain(repoUrl);
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
});

describe('http servers', () => {
  let server: Server | undefined;
  afterEach(async () => {
    await new Promise((resolve) => (server ? server.close(resolve) : resolve(undefined)));
    server = undefined;
  });
  async function serve(handler: RequestListener): Promise<string> {
    server = createServer(handler);
    await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }
  const answer = (status: number, headers: Record<string, string> = {}) =>
    serve((_, response) => void response.writeHead(status, headers).end());

  it.each([
    [404, 'REPO_NOT_FOUND'],
    [401, 'REPO_AUTH_REQUIRED'],
    [403, 'REPO_AUTH_REQUIRED'],
    [500, 'REPO_UNREACHABLE'],
  ])('%s is %s', async (status, code) => {
    const base = await answer(status, status === 401 ? { 'www-authenticate': 'Basic realm="x"' } : {});
    expect(await codeOf(fetcher().fetch({ repoUrl: `${base}/a/b`, ref: null, into: into() }))).toBe(code);
  });

  it('follows a repository that has moved, asking of each place whether it is allowed', async () => {
    const path = repository();
    const sha = commit(path, { 'a.txt': 'one' });
    git(path, 'update-server-info');
    let authorization: string | undefined = 'not asked';
    const base = await serve((request, response) => {
      const [name = '', query = ''] = (request.url ?? '').split('?');
      if (name.startsWith('/a/old')) return void response.writeHead(301, { location: `${name.replace('/a/old', '/a/new.git')}?${query}` }).end();
      authorization = request.headers.authorization;
      try {
        response.writeHead(200).end(readFileSync(join(path, '.git', name.replace(/^\/a\/new\.git/, ''))));
      } catch {
        response.writeHead(404).end();
      }
    });
    const repoUrl = `${base.replace('://', '://me:hunter2@')}/a/old`;
    expect((await fetcher().fetch({ repoUrl, ref: null, into: into() })).commitSha).toBe(sha);
    expect(authorization).toBeUndefined();
  });

  it.each([
    ['file:///etc/info/refs', 'REPO_UNREACHABLE'],
    ['https://example.com/users/sign_in', 'REPO_AUTH_REQUIRED'],
    ['/elsewhere', 'REPO_UNREACHABLE'],
    ['/a/b/info/refs?service=git-upload-pack', 'REPO_UNREACHABLE'],
  ])('follows no redirect to %s: %s', async (location, code) => {
    const base = await answer(302, { location });
    expect(await codeOf(fetcher().fetch({ repoUrl: `${base}/a/b`, ref: null, into: into() }))).toBe(code);
  });

  it('follows no redirect into this network', async () => {
    const base = await answer(302, { location: 'http://10.0.0.1/a/b/info/refs?service=git-upload-pack' });
    const at = locate(`${base}/a/b`, { allowedRoots: [], allowPrivateHosts: true });
    const target = await movedTo(at, ['127.0.0.1'], AbortSignal.timeout(5_000));
    expect(target).toBe('http://10.0.0.1/a/b');
    expect(() => locate(target, { allowedRoots: [], allowPrivateHosts: false })).toThrow(expect.objectContaining({ code: 'HOST_NOT_ALLOWED' }));
  });

  it('sends credentials without showing them', async () => {
    let seen = '';
    const base = await serve((request, response) => {
      seen = request.headers['authorization'] ?? '';
      response.writeHead(403).end();
    });
    const error = await fetcher().fetch({ repoUrl: `${base.replace('://', '://me:hunter2@')}/a/b`, ref: null, into: into() }).catch((e: Error) => e);
    expect(Buffer.from(seen.replace('Basic ', ''), 'base64').toString()).toBe('me:hunter2');
    expect(String(error)).not.toContain('hunter2');
  });

  it('reads a plain file server, which knows neither shallow nor commit ids', async () => {
    const path = repository();
    const first = commit(path, { 'a.txt': 'one' });
    commit(path, { 'a.txt': 'two' });
    git(path, 'update-server-info');
    const base = await serve((request, response) => {
      const file = join(path, '.git', decodeURIComponent((request.url ?? '').split('?')[0] ?? '').replace(/^\/a\/b\.git/, ''));
      try {
        response.writeHead(200).end(readFileSync(file));
      } catch {
        response.writeHead(404).end();
      }
    });
    const tree = into();
    expect((await fetcher().fetch({ repoUrl: `${base}/a/b.git`, ref: 'main', commitSha: first, into: tree })).commitSha).toBe(first);
    expect(readFileSync(join(tree, 'a.txt'), 'utf8')).toBe('one');
  });

  it('deepens where the server gives no commit by its id (smart HTTP, protocol 0)', async () => {
    const path = repository();
    const first = commit(path, { 'a.txt': 'one' });
    for (let i = 0; i < 5; i++) commit(path, { 'a.txt': `later ${i}` });
    const host = new SmartHttp(allowed, 0);
    const base = await host.start();
    const repoUrl = `${base}/${path.slice(allowed.length + 1)}/.git`;
    expect((await fetcher().fetch({ repoUrl, ref: 'main', commitSha: first, into: into() })).commitSha).toBe(first);
    expect(host.wants.length).toBeGreaterThan(1);
    expect(await codeOf(fetcher().fetch({ repoUrl, ref: 'main', commitSha: '2'.repeat(40), into: into() }))).toBe('REF_NOT_FOUND');
    await host.stop();
  });

  it('reports a closed port', async () => {
    expect(await codeOf(fetcher().fetch({ repoUrl: 'http://127.0.0.1:5291/a/b', ref: null, into: into() }))).toBe('REPO_UNREACHABLE');
  });
});
