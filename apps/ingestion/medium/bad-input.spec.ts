import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type IngestJob, ingestionCompleted, ingestJob, repositoryCheckJob } from '@osiris/contracts';
import { Nats, type RunningService } from '@osiris/service-kit';
import { freePort, startNats, type TestNats } from '@osiris/testing';
import { envSchema } from '../src/env';
import { READERS_VERSION } from '../src/readers/version';
import { startIngestion } from '../src/start-ingestion';
import { FakeHub } from './fake-hub';

const gitEnv = { ...process.env, GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null', GIT_AUTHOR_NAME: 'a', GIT_AUTHOR_EMAIL: 'a@b', GIT_COMMITTER_NAME: 'a', GIT_COMMITTER_EMAIL: 'a@b' };
const git = (cwd: string, args: string[], input = ''): string => execFileSync('git', args, { cwd, env: gitEnv, encoding: 'utf8', input, maxBuffer: 1 << 26 }).trim();
/** In the environment of the service, as a secret of the host would be. */
const SECRET = 'a-secret-of-this-host-7c1f';

let nats: TestNats;
let hub: FakeHub;
let service: RunningService;
let root: string;
let repositories: string;
let drip: Server;
const sockets = new Set<Socket>();

beforeAll(async () => {
  process.env['SECRET_OF_THE_HOST'] = SECRET;
  root = await realpath(await mkdtemp(join(tmpdir(), 'osiris-bad-input-')));
  repositories = join(root, 'repositories');
  await mkdir(repositories);
  await writeFile(join(root, 'secret.txt'), SECRET);
  // A server of git that goes on by a byte a second.
  drip = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).once('data', () => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Type: application/x-git-upload-pack-advertisement\r\n\r\n001e# service=git-upload-pack\n0000');
      const timer = setInterval(() => socket.write('0'), 1_000);
      socket.on('close', () => clearInterval(timer));
    });
  });
  await new Promise<void>((resolve) => drip.listen(0, '127.0.0.1', resolve));
  nats = await startNats();
  hub = await FakeHub.start(nats.url);
  const env = envSchema.parse({
    NATS_URL: nats.url, PORT: (await freePort()) - 102, HUB_ID: `t${process.pid}`, LOG_LEVEL: 'fatal', OSIRIS_HOME: root,
    GIT_ALLOWED_ROOTS: repositories, GIT_ALLOW_PRIVATE_HOSTS: 'true', INGEST_BACKOFF_MS: 100, INGEST_ATTEMPTS: 2, INGEST_TIMEOUT_SECONDS: 2,
  });
  service = await startIngestion(env, { signals: false });
}, 30_000);
afterAll(async () => {
  delete process.env['SECRET_OF_THE_HOST'];
  await service?.close();
  await hub?.stop();
  await nats?.stop();
  for (const socket of sockets) socket.destroy();
  await new Promise((resolve) => drip.close(resolve));
  await rm(root, { recursive: true, force: true });
}, 20_000);

let made = 0;
/** Of what a work tree can hold. */
async function repository(files: Record<string, string | Buffer>, links: Record<string, string> = {}): Promise<{ url: string; path: string; commitSha: string }> {
  const path = join(repositories, `app-${++made}`);
  for (const [name, text] of Object.entries({ Dockerfile: 'FROM scratch\n', ...files })) {
    await mkdir(dirname(join(path, name)), { recursive: true });
    await writeFile(join(path, name), text);
  }
  for (const [name, target] of Object.entries(links)) await symlink(target, join(path, name));
  git(path, ['init', '-q', '-b', 'main']);
  git(path, ['add', '-A']);
  git(path, ['commit', '-q', '-m', 'x']);
  return { url: `file://${path}`, path, commitSha: git(path, ['rev-parse', 'HEAD']) };
}
/** Of what no work tree can hold: `changes` in the language of `git fast-import`. */
async function imported(changes: string): Promise<{ url: string; path: string }> {
  const path = join(repositories, `app-${++made}`);
  await mkdir(path);
  git(path, ['init', '-q', '-b', 'main']);
  git(path, ['fast-import', '--quiet', '--force'], `commit refs/heads/main\ncommitter a <a@b> 1700000000 +0000\ndata 1\nx\nM 100644 inline Dockerfile\ndata 13\nFROM scratch\n\n${changes}\n`);
  return { url: `file://${path}`, path };
}
async function ingest(job: Partial<IngestJob> & { repoUrl: string }) {
  const ingestionId = `ing_${String(++made).padStart(10, '0')}`;
  const payload: IngestJob = { attempt: 1, ingestionId, appId: 'app_0123456789', slug: 'acme/draw', ref: null, dockerfilePath: null, ...job };
  await service.app.get(Nats).publish(ingestJob.subject, payload, { msgId: ingestionId });
  const facts = await hub.factsOf(ingestionId, (subjects) => subjects.some((subject) => /\.(completed|unchanged|dead-lettered)\.v1$|failed/.test(subject)));
  return facts[facts.length - 1] as (typeof facts)[number];
}
async function completed(url: string) {
  const { subject, fact } = await ingest({ repoUrl: url });
  expect([subject, fact['error']]).toEqual([ingestionCompleted.subject, undefined]);
  return ingestionCompleted.schema.parse(fact);
}
async function failure(job: Partial<IngestJob> & { repoUrl: string }): Promise<unknown> {
  const { fact } = await ingest(job);
  return (fact['error'] as { code?: string } | undefined)?.code;
}
const warningsOf = ({ warnings }: { warnings: { code: string; path: string | null }[] }): string[] => warnings.map(({ code, path }) => `${code} ${path}`);

afterEach(() => {
  const said = JSON.stringify(hub.facts) + JSON.stringify(hub.uploads);
  expect([SECRET, join(root, 'secret.txt'), join(root, 'tmp'), 'root:x:'].filter((secret) => said.includes(secret))).toEqual([]);
});

describe('what is in a repository', () => {
  it('may be a README of 50 MB: its beginning is read', async () => {
    const { url } = await repository({ 'README.md': Buffer.concat([Buffer.from('# Big\n\nThe first words.\n\n'), Buffer.alloc(50 * 1024 * 1024, 'word ')]) });
    const fact = await completed(url);
    expect(fact.metadata.name).toBe('Big');
    expect(warningsOf(fact)).toContain('FILE_TRUNCATED README.md');
  }, 30_000);

  it('may be links to this machine: they are no files', async () => {
    const { url } = await repository({ 'real.md': '# Real' }, { 'README.md': '/proc/self/environ', 'package.json': '../../secret.txt', 'tags.yaml': '/etc/passwd', LICENSE: 'real.md' });
    const fact = await completed(url);
    expect(fact.metadata).toMatchObject({ name: null, description: null, readmeSummary: null });
  });

  it('may be a submodule that points at the host', async () => {
    const { url } = await imported(`M 160000 ${'1'.repeat(40)} host\nM 100644 inline .gitmodules\ndata <<END\n[submodule "host"]\n\tpath = host\n\turl = file://${root}\nEND\n`);
    expect((await completed(url)).tags.map(({ value }) => value).join()).not.toContain(root);
  });

  it('may be a pointer of Git LFS, which is no content', async () => {
    const { url } = await repository({ 'README.md': `version https://git-lfs.github.com/spec/v1\noid sha256:${'0'.repeat(64)}\nsize 12345\n` });
    const fact = await completed(url);
    expect(warningsOf(fact)).toContain('FILE_UNREADABLE README.md');
    expect(fact.metadata.readmeSummary).toBeNull();
  });

  it('may be 100,000 files: the nearest are looked at', async () => {
    const folders = Array.from({ length: 1_000 }, (_, folder) => Array.from({ length: 100 }, (__, file) => `M 100644 inline d${folder}/deep/f${file}.py\ndata 1\nx\n`).join(''));
    const { url } = await imported(folders.join(''));
    expect(warningsOf(await completed(url))).toContain('FILE_TRUNCATED null');
  }, 60_000);

  it('may be paths of 4,096 characters, and names with newlines', async () => {
    const { url } = await imported(`M 100644 inline ${`${'d'.repeat(200)}/`.repeat(21)}README.md\ndata 1\nx\nM 100644 inline "package.json\\nevil: true"\ndata 2\n{}\nM 100644 inline "a\\nb/package.json"\ndata 2\n{}\n`);
    const fact = await completed(url);
    expect(fact.tags.every(({ from }) => !/\n/.test(from))).toBe(true);
  });

  it.each<[string, Record<string, string>]>([
    ['an array for a package.json', { 'package.json': '[]' }],
    ['YAML whose aliases explode', { 'tags.yaml': `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefghij'.split('').map((key, index) => `${key}: &${key} [${Array(9).fill(`*${'abcdefghij'[index]}`).join()}]`).join('\n')}\n` }],
    ['JSON that is nested without end', { 'package.json': `{"a":${'['.repeat(400_000)}` }],
  ])('may be %s: a warning', async (_, files) => {
    const { url } = await repository(files);
    expect(warningsOf(await completed(url))).toEqual([`MANIFEST_INVALID ${Object.keys(files)[0]}`]);
  }, 20_000);
});

describe('what a repository is', () => {
  it('may be one without a commit, or without the ref', async () => {
    const path = join(repositories, `app-${++made}`);
    await mkdir(path);
    git(path, ['init', '-q', '-b', 'main']);
    expect(await failure({ repoUrl: `file://${path}` })).toBe('REPO_EMPTY');
    const { url } = await repository({});
    expect(await failure({ repoUrl: url, ref: 'nope' })).toBe('REF_NOT_FOUND');
    expect(await failure({ repoUrl: url, ref: '1'.repeat(40) })).toBe('REF_NOT_FOUND');
  });

  it('may be one that borrows its objects from elsewhere on the host', async () => {
    const elsewhere = join(root, `elsewhere-${++made}`);
    await mkdir(elsewhere);
    git(elsewhere, ['init', '-q']);
    const { url, path } = await repository({});
    await writeFile(join(path, '.git/objects/info/alternates'), `${elsewhere}/.git/objects\n`);
    expect(await failure({ repoUrl: url })).toBe('HOST_NOT_ALLOWED');
  });

  it('may be one that is sent for ever: it is given up in time, twice, and no process of it stays', async () => {
    const url = `http://127.0.0.1:${(drip.address() as AddressInfo).port}/a/b`;
    expect(await failure({ repoUrl: url })).toBe('REPO_TIMEOUT');
    await hub.factsOf(`ing_${String(made).padStart(10, '0')}`, (subjects) => subjects.includes('facts.job.dead-lettered.v1'));
    expect(execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' })).not.toContain(url);
  }, 20_000);
});

describe('a repository that was read before', () => {
  it('is not read again where nothing has changed, unless the readers have', async () => {
    const { url, path, commitSha } = await repository({ 'README.md': '# One' });
    const known = { commitSha, readBy: READERS_VERSION };
    expect(await ingest({ repoUrl: url, known })).toMatchObject({ subject: 'facts.ingestion.unchanged.v1', fact: { commitSha, ref: 'main', attempt: 1, delivery: 1 } });
    expect(await ingest({ repoUrl: url, known: { commitSha, readBy: 'older' } })).toMatchObject({ subject: ingestionCompleted.subject, fact: { readBy: READERS_VERSION } });
    git(path, ['commit', '-q', '--allow-empty', '-m', 'y']);
    expect(await ingest({ repoUrl: url, known })).toMatchObject({ subject: ingestionCompleted.subject });
  });

  it('is asked where it is now', async () => {
    const { url, commitSha } = await repository({});
    const check = async (repoUrl: string, ref: string | null): Promise<unknown> => {
      const checkId = `chk_${++made}`;
      await service.app.get(Nats).publish(repositoryCheckJob.subject, { appId: 'app_0123456789', checkId, repoUrl, ref, knownCommitSha: null }, { msgId: checkId });
      return hub.checkOf(checkId);
    };
    expect(await check(url, null)).toMatchObject({ commitSha, error: null });
    expect(await check(url, 'gone')).toMatchObject({ commitSha: null, error: { code: 'REF_NOT_FOUND' } });
    expect(await check(`http://127.0.0.1:${await freePort()}/a/b`, null)).toMatchObject({ commitSha: null, error: { code: 'REPO_UNREACHABLE' } });
  });
});
