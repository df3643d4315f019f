import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { DomainError } from '@osiris/contracts';
import { GitFetcher, type GitFetcherOptions, type OpenedCommit } from '../src';
import { git, Repositories } from './repositories';

const repositories = new Repositories();
const { allowed, scratch, root } = repositories;
afterAll(() => repositories.remove());

const fetcher = (options: Partial<GitFetcherOptions> = {}): GitFetcher =>
  new GitFetcher({ allowedRoots: [allowed], allowPrivateHosts: true, timeoutMs: 30_000, maxBytes: 1024 ** 3, ...options });
const look = async <T>(path: string, work: (commit: OpenedCommit) => T | Promise<T>): Promise<T> => {
  const looked = await fetcher().withCommit({ repoUrl: `file://${path}`, ref: null, scratchParent: scratch }, async (commit) => work(commit));
  if (looked.outcome === 'unchanged') throw new Error('It was not known before');
  return looked.value;
};
const codeOf = (promise: Promise<unknown>): Promise<string> => promise.then(() => 'read', (error: unknown) => (error instanceof DomainError ? error.code : `not a DomainError: ${String(error)}`));
const lookedAt = (path: string): Promise<string> => codeOf(look(path, () => undefined));
const listed = ({ files }: OpenedCommit): string[] => files.map(({ path }) => path);
const tree = (path: string, ...entries: string[]): string => git(path, ['mktree', '-z', '--missing'], entries.map((entry) => `${entry}\0`).join(''));
const point = (path: string, treeId: string): void => void git(path, ['update-ref', 'refs/heads/main', git(path, ['commit-tree', '-m', 'x', treeId])]);

describe('a commit that is more than it seems', () => {
  it('of 100,000 files: the nearest to the root are listed', async () => {
    const path = repositories.make();
    const folders = Array.from({ length: 1_000 }, (_, folder) => Array.from({ length: 100 }, (__, file) => `M 100644 inline d${folder}/deep/f${file}\ndata 1\nx\n`).join(''));
    repositories.import(path, `${folders.join('')}M 100644 inline d0/near\ndata 1\nx\nM 100644 inline README.md\ndata 1\nx\n`);
    await look(path, (commit) => {
      expect(commit.files).toHaveLength(20_000);
      expect(listed(commit).slice(0, 2)).toEqual(['README.md', 'd0/near']);
      expect(commit.truncated).toBe(true);
      expect(commit.leftOut).toMatchObject({ further: 80_002 });
    });
  }, 30_000);

  it('of more entries than any repository has, from a handful of objects', async () => {
    const path = repositories.make();
    let inner = tree(path, `100644 blob ${git(path, ['hash-object', '-w', '--stdin'], 'x')}\tfile`);
    for (let level = 0; level < 10; level++) inner = tree(path, ...Array.from({ length: 10 }, (_, index) => `040000 tree ${inner}\t${index}`));
    point(path, inner);
    expect(await lookedAt(path)).toBe('REPO_TOO_LARGE');
  }, 20_000);

  it('with a path of more than 4,096 characters: it is counted, not listed', async () => {
    const path = repositories.make();
    repositories.import(path, `M 100644 inline ${`${'d'.repeat(200)}/`.repeat(25)}f\ndata 1\nx\nM 100644 inline a\ndata 1\na\n`);
    await look(path, (commit) => {
      expect(listed(commit)).toEqual(['a']);
      expect(commit.leftOut).toMatchObject({ tooLong: 1, further: 0 });
    });
  });

  it('with names that try to be something else: they are names, or nothing', async () => {
    const path = repositories.make();
    const blob = git(path, ['hash-object', '-w', '--stdin'], 'x');
    point(path, tree(path, ...['--upload-pack=x', '..', '.git', '\u0007bell', 'a\nb', '__proto__', 'constructor'].map((name) => `100644 blob ${blob}\t${name}`)));
    await look(path, async (commit) => {
      expect(listed(commit).sort()).toEqual(['\u0007bell', '--upload-pack=x', '__proto__', 'a\nb', 'constructor']);
      expect([...(await commit.read(['a\nb', '__proto__', '../../etc/passwd', '/etc/passwd', `${blob}`, 'HEAD'], 10)).keys()]).toEqual(['a\nb', '__proto__']);
    });
  });

  it('with links to this machine: they are counted, never followed', async () => {
    const path = repositories.make();
    for (const [name, target] of [['README.md', '/proc/self/environ'], ['up', '../../..'], ['a', 'b']] as const) symlinkSync(target, join(path, name));
    repositories.commit(path, { b: 'b' });
    await look(path, async (commit) => {
      expect(listed(commit)).toEqual(['b']);
      expect(commit.leftOut.links).toBe(3);
      expect((await commit.read(['README.md', 'up', 'a'], 1_000)).size).toBe(0);
    });
  });

  it('with files of 50 MB: their beginnings are held, and what comes after them is read', async () => {
    const path = repositories.make();
    const large = Buffer.alloc(50 * 1024 * 1024, 'word ');
    repositories.commit(path, { 'README.md': large, 'huge.md': large, small: 'small' });
    await look(path, async (commit) => {
      const found = await commit.read(['README.md', 'huge.md', 'small', 'README.md'], 1_000_000);
      expect([...found].map(([name, { beginning, bytes }]) => [name, beginning.length, bytes])).toEqual([['README.md', 1_000_000, large.length], ['huge.md', 1_000_000, large.length], ['small', 5, 5]]);
      expect(found.get('huge.md')?.beginning.equals(large.subarray(0, 1_000_000))).toBe(true);
    });
  }, 20_000);

  it('with objects that are missing', async () => {
    const path = repositories.make();
    point(path, tree(path, `100644 blob ${'1'.repeat(40)}\tgone`));
    expect(await codeOf(look(path, (commit) => commit.read(['gone'], 10)))).toBe('REPO_UNREACHABLE');
    point(path, tree(path, `040000 tree ${'2'.repeat(40)}\tgone`));
    expect(await lookedAt(path)).toBe('REPO_UNREACHABLE');
  });
});

describe('a repository of this machine that leads elsewhere', () => {
  const outside = (): string => {
    const path = join(root, `outside-${readdirSync(root).length}`);
    mkdirSync(path);
    git(path, ['init', '-q', '-b', 'main']);
    repositories.commit(path, { 'secret.txt': 'secret' });
    return path;
  };

  it.each<[string, (path: string, secret: string) => void]>([
    ['by alternates', (path, secret) => writeFileSync(join(path, '.git/objects/info/alternates'), `${secret}/.git/objects\n`)],
    ['by alternates, relatively', (path, secret) => writeFileSync(join(path, '.git/objects/info/alternates'), `# x\n../../../../${secret.slice(root.length + 1)}/.git/objects\n`)],
    ['by alternates in quotes', (path, secret) => writeFileSync(join(path, '.git/objects/info/alternates'), `"${secret}/.git/objects"\n`)],
    ['by a .git file', (path, secret) => {
      rmSync(join(path, '.git'), { recursive: true });
      writeFileSync(join(path, '.git'), `gitdir: ${secret}/.git\n`);
    }],
    ['by a link as .git', (path, secret) => {
      rmSync(join(path, '.git'), { recursive: true });
      symlinkSync(join(secret, '.git'), join(path, '.git'));
    }],
    ['by a common folder', (path, secret) => writeFileSync(join(path, '.git/commondir'), `${secret}/.git\n`)],
    ['by linked objects', (path, secret) => {
      rmSync(join(path, '.git/objects'), { recursive: true });
      symlinkSync(join(secret, '.git/objects'), join(path, '.git/objects'));
    }],
    ['by linked refs', (path, secret) => {
      rmSync(join(path, '.git/refs'), { recursive: true });
      symlinkSync(join(secret, '.git/refs'), join(path, '.git/refs'));
    }],
  ])('%s is refused', async (_, lead) => {
    const path = repositories.make();
    repositories.commit(path, { 'a.txt': 'x' });
    lead(path, outside());
    expect(await lookedAt(path)).toBe('HOST_NOT_ALLOWED');
    expect(await codeOf(fetcher().lsRemote({ repoUrl: `file://${path}`, ref: null, scratchParent: scratch }))).toBe('HOST_NOT_ALLOWED');
  });

  it('by alternates that stay below a root is read', async () => {
    const lender = repositories.make();
    repositories.commit(lender, { 'a.txt': 'x' });
    git(allowed, ['clone', '-q', '--shared', lender, `${lender}-shared`]);
    expect(await look(`${lender}-shared`, listed)).toEqual(['a.txt']);
  });

  it('runs nothing that its configuration names, also where objects are missing', async () => {
    const path = repositories.make();
    point(path, tree(path, `100644 blob ${'1'.repeat(40)}\tgone`));
    const proof = join(root, 'proof');
    const run = `sh -c "touch ${proof}"`;
    const settings = {
      'remote.evil.promisor': 'true', 'remote.evil.url': `ext::${run}`, 'remote.evil.uploadpack': run, 'protocol.ext.allow': 'always', 'protocol.allow': 'always',
      'extensions.partialClone': 'evil', 'core.fsmonitor': run, 'core.sshCommand': run, 'core.gitProxy': run, 'core.alternateRefsCommand': run, 'core.pager': run,
      'uploadpack.packObjectsHook': run, 'filter.x.smudge': run, 'diff.x.textconv': run, 'alias.cat-file': `!${run}`, 'alias.upload-pack': `!${run}`, 'gpg.program': run, 'include.path': '/etc/passwd',
    };
    const lines = Object.entries(settings).map(([key, value]) => {
      const [, section = '', name, setting = ''] = /^([^.]+)\.(?:(.+)\.)?([^.]+)$/.exec(key) ?? [];
      return `[${section}${name ? ` "${name}"` : ''}]\n\t${setting} = ${JSON.stringify(value)}\n`;
    });
    const config = join(path, '.git/config');
    writeFileSync(config, readFileSync(config, 'utf8').replace('repositoryformatversion = 0', 'repositoryformatversion = 1') + lines.join(''));
    const error = await look(path, (commit) => commit.read(['gone'], 10)).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(DomainError);
    expect((error as Error).message).not.toMatch(/root:|\/etc|proof/);
    // And again with what git knows besides ext::, without the file that cannot be read.
    const readable = readFileSync(config, 'utf8').replace(/\[include\][^[]*/, '');
    for (const url of [`ext::${run}`, `file://${path}`, path, 'ssh://host/x', 'x::y']) {
      writeFileSync(config, readable.replace(/(\[remote "evil"\]\n\turl = ).*/, `$1${JSON.stringify(url)}`));
      expect(await codeOf(look(path, (commit) => commit.read(['gone'], 10)))).toBe('REPO_UNREACHABLE');
    }
    expect(existsSync(proof)).toBe(false);
  });

  it('puts nothing in the place of an object', async () => {
    const path = repositories.make();
    repositories.commit(path, { 'a.txt': 'true' });
    git(path, ['replace', git(path, ['rev-parse', 'HEAD:a.txt']), git(path, ['hash-object', '-w', '--stdin'], 'false')]);
    expect(await look(path, async (commit) => (await commit.read(['a.txt'], 10)).get('a.txt')?.beginning.toString())).toBe('true');
  });
});

describe('a host that sends for ever', () => {
  const sockets = new Set<Socket>();
  let server: Server;
  let url: string;
  beforeAll(async () => {
    // An answer that begins as a server's does, and goes on by a byte a second.
    server = createServer((socket) => {
      sockets.add(socket);
      socket.on('error', () => undefined).once('data', () => {
        socket.write('HTTP/1.1 200 OK\r\nContent-Type: application/x-git-upload-pack-advertisement\r\n\r\n001e# service=git-upload-pack\n0000');
        const drip = setInterval(() => socket.write('0'), 1_000);
        socket.on('close', () => clearInterval(drip));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/a/b`;
  });
  afterAll(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });

  it.each<[string, (git: GitFetcher) => Promise<unknown>]>([
    ['when asked', (git_) => git_.lsRemote({ repoUrl: url, ref: null, scratchParent: scratch })],
    ['when read', (git_) => git_.withCommit({ repoUrl: url, ref: null, scratchParent: scratch }, () => Promise.resolve())],
  ])('%s, is given up in time, and no process stays', async (_, ask) => {
    expect(await codeOf(ask(fetcher({ timeoutMs: 1_500 })))).toBe('REPO_TIMEOUT');
    expect(execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' })).not.toContain(url);
    expect(readdirSync(scratch)).toEqual([]);
  });
});
