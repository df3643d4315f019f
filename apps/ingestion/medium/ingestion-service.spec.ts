import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { hostname, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type IngestJob, ingestJob, ingestionCompleted } from '@osiris/contracts';
import { Nats, type RunningService } from '@osiris/service-kit';
import { freePort, startNats, type TestNats } from '@osiris/testing';
import { envSchema } from '../src/env';
import { startIngestion } from '../src/start-ingestion';
import { FakeHub, type Upload } from './fake-hub';

const gitEnv = { ...process.env, GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null', GIT_AUTHOR_NAME: 'a', GIT_AUTHOR_EMAIL: 'a@b', GIT_COMMITTER_NAME: 'a', GIT_COMMITTER_EMAIL: 'a@b' };
const git = (cwd: string, ...args: string[]) => execFileSync('git', args, { cwd, env: gitEnv, encoding: 'utf8', stdio: 'pipe' }).trim();

let nats: TestNats;
let hub: FakeHub;
let service: RunningService;
let root: string;
let port: number;
let repositories: string;
let silent: Server;

beforeAll(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'osiris-ingestion-test-')));
  repositories = join(root, 'repositories');
  await mkdir(repositories);
  // Takes connections and never says a word.
  silent = createServer(() => undefined);
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  nats = await startNats();
  hub = await FakeHub.start(nats.url);
  port = (await freePort()) - 102;
  await mkdir(join(root, 'tmp/ingestions/stranger~1~abc'), { recursive: true });
  await mkdir(join(root, `tmp/ingestions/${hostname().replace(/[^A-Za-z0-9.-]/g, '-')}~999999999~abc`));
  const env = envSchema.parse({
    NATS_URL: nats.url, PORT: port, HUB_ID: `t${process.pid}`, LOG_LEVEL: 'fatal', OSIRIS_HOME: root,
    GIT_ALLOWED_ROOTS: repositories, GIT_ALLOW_PRIVATE_HOSTS: 'true', INGEST_BACKOFF_MS: 100, INGEST_ATTEMPTS: 3, INGEST_CONCURRENCY: 2,
  });
  service = await startIngestion(env, { signals: false });
}, 30_000);
afterAll(async () => {
  await service?.close();
  await hub?.stop();
  await nats?.stop();
  silent.closeAllConnections();
  await new Promise((resolve) => silent.close(resolve));
  await rm(root, { recursive: true, force: true });
}, 20_000);
beforeEach(() => {
  hub.claim = () => ({ granted: true, reason: null });
  hub.renew = () => ({ granted: true });
  hub.storeIsAway = false;
});

let made = 0;
async function repository(files: Record<string, string>, links: Record<string, string> = {}): Promise<{ url: string; path: string; commitSha: string }> {
  const path = join(repositories, `app-${++made}`);
  await mkdir(path);
  git(path, 'init', '-q', '-b', 'main');
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(path, name)), { recursive: true });
    await writeFile(join(path, name), text);
  }
  for (const [name, target] of Object.entries(links)) await symlink(target, join(path, name));
  git(path, 'add', '-A');
  git(path, 'commit', '-q', '-m', 'x');
  return { url: `file://${path}`, path, commitSha: git(path, 'rev-parse', 'HEAD') };
}
async function enqueue(job: Partial<IngestJob> & { repoUrl: string }): Promise<string> {
  const ingestionId = `ing_${String(++made).padStart(10, '0')}`;
  const payload: IngestJob = { attempt: 1, ingestionId, appId: 'app_0123456789', slug: 'acme/draw', ref: null, dockerfilePath: null, ...job };
  await service.app.get(Nats).publish(ingestJob.subject, payload, { msgId: ingestionId });
  return ingestionId;
}
const has = (subject: string, times = 1) => (subjects: string[]) => subjects.filter((one) => one === subject).length >= times;
const COMPLETED = 'facts.ingestion.completed.v1';
const FAILED = 'facts.ingestion.failed.v1';
const DEAD = 'facts.job.dead-lettered.v1';
async function failureOf(job: Partial<IngestJob> & { repoUrl: string }) {
  const facts = await hub.factsOf(await enqueue(job), has(FAILED));
  return facts.find(({ subject }) => subject === FAILED)?.fact;
}
async function jobsLeft(): Promise<number> {
  const manager = await service.app.get(Nats).connection.jetstreamManager();
  return (await manager.streams.info('JOBS')).state.messages;
}
async function until(condition: () => Promise<boolean> | boolean): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    if (await condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('Waited 10 s in vain');
}

describe('an ingestion', () => {
  it('reports each step in order, and what it read', async () => {
    const { url, commitSha } = await repository({
      Dockerfile: 'FROM node:20-slim\nEXPOSE 3000\n',
      'package.json': JSON.stringify({ name: 'draw', description: 'Draws together', keywords: ['canvas'], dependencies: { express: '5' } }),
      'README.md': '# Draw\n\nA board for many hands.\n\n![Shot](https://x.example/a.png)\n',
      'tags.yaml': '- level:easy\n- url:http://x\n',
      'package-lock.json': '{}',
      'server.js': 'console.log(1)',
    });
    const id = await enqueue({ repoUrl: url });
    const facts = await hub.factsOf(id, has(COMPLETED));
    expect(facts.map(({ subject, fact }) => [subject, fact['phase']])).toEqual([
      ['facts.ingestion.started.v1', undefined],
      ['facts.ingestion.progressed.v1', 'fetching'],
      ['facts.ingestion.progressed.v1', 'fetching'],
      ['facts.ingestion.progressed.v1', 'reading'],
      [COMPLETED, undefined],
    ]);
    const [, , fetched, read, completed] = facts.map(({ fact }) => fact);
    expect(fetched).toMatchObject({ commitSha, message: expect.stringMatching(new RegExp(`^Fetched main at ${commitSha.slice(0, 12)} in \\d`)) });
    expect(read?.['message']).toMatch(/^Read 6 files, \d+ tags; builds Dockerfile \(it is where people keep it\) in \d/);
    expect(completed).toMatchObject({
      attempt: 1, delivery: 1, commitSha, ref: 'main', dockerfile: { path: 'Dockerfile' }, warnings: [],
      metadata: { name: 'Draw', description: 'Draws together', port: 3000, readmeSummary: 'A board for many hands.' },
      media: [{ kind: 'image', url: 'https://x.example/a.png', title: 'Shot' }],
    });
    const { tags } = ingestionCompleted.schema.parse(completed);
    expect(tags.map(({ key, value, source }) => `${source} ${key}:${value}`)).toEqual(
      expect.arrayContaining(['author level:easy', 'author url:http://x', 'auto framework:express', 'auto keyword:canvas', 'auto runtime:node', 'auto language:javascript', 'auto package-manager:npm', 'auto port:3000']),
    );
    expect(tags.every(({ from }) => from !== '')).toBe(true);
  });

  it('keeps its log as an artifact', async () => {
    const { url } = await repository({ Dockerfile: 'FROM busybox' });
    const id = await enqueue({ repoUrl: url });
    const isLog = ({ kind, owner }: Upload): boolean => kind === 'ingestion-log' && owner.ingestionId === id;
    await until(() => hub.uploads.some(isLog));
    const upload = hub.uploads.find(isLog);
    expect(upload).toMatchObject({ owner: { appId: 'app_0123456789', ingestionId: id }, contentType: 'text/plain', contentEncoding: 'gzip' });
    const steps = upload?.text.trimEnd().split('\n').map((line) => /ms {2}(\w+)/.exec(line)?.[1]);
    expect(steps?.filter((step) => step !== 'tag')).toEqual(['started', 'fetching', 'fetching', 'reading', 'completed']);
  });

  it('keeps a bill of materials as an artifact before it says that it is done, the same for the same commit', async () => {
    const lock = { lockfileVersion: 3, packages: { 'node_modules/express': { version: '5.0.1' } } };
    const { url, commitSha } = await repository({ Dockerfile: 'FROM node:20-slim', 'package.json': '{"name":"draw","license":"MIT","dependencies":{"express":"^5"}}', 'package-lock.json': JSON.stringify(lock) });
    const bills: string[] = [];
    for (let times = 0; times < 2; times++) {
      const id = await enqueue({ repoUrl: url });
      await hub.factsOf(id, has(COMPLETED));
      const bill = hub.uploads.find(({ kind, owner }) => kind === 'bill-of-materials' && owner.ingestionId === id);
      expect(bill).toMatchObject({ owner: { appId: 'app_0123456789' }, contentType: 'application/vnd.cyclonedx+json' });
      bills.push(bill?.text ?? '');
    }
    expect(bills[0]).toBe(bills[1]);
    expect(JSON.parse(bills[0] ?? '')).toMatchObject({
      bomFormat: 'CycloneDX', specVersion: '1.6', metadata: { component: { name: 'draw', version: commitSha, licenses: [{ license: { id: 'MIT' } }], externalReferences: [{ type: 'vcs', url }] } },
      components: [{ type: 'container', purl: 'pkg:docker/node@20-slim', scope: 'required' }, { type: 'library', purl: 'pkg:npm/express@5.0.1', scope: 'required' }],
    });
  });

  it('does not mind an object store that is away', async () => {
    hub.storeIsAway = true;
    const { url } = await repository({ Dockerfile: 'FROM scratch' });
    const [last] = (await hub.factsOf(await enqueue({ repoUrl: url }), has(COMPLETED))).slice(-1);
    // Without `readBy` the next look reads the same commit again.
    const { readBy, warnings } = ingestionCompleted.schema.parse(last?.fact);
    expect([readBy, warnings.map(({ message }) => message)]).toEqual([undefined, [expect.stringContaining('bill of materials could not be stored')]]);
    await until(async () => (await jobsLeft()) === 0);
  });

  it('takes the ref and the Dockerfile that were asked for', async () => {
    const { url, path } = await repository({ 'build/Dockerfile': 'FROM scratch', Dockerfile: 'FROM busybox' });
    git(path, 'checkout', '-q', '-b', 'feature/x');
    git(path, 'commit', '-q', '--allow-empty', '-m', 'y');
    const [fact] = (await hub.factsOf(await enqueue({ repoUrl: url, ref: 'feature/x', dockerfilePath: 'build/Dockerfile' }), has(COMPLETED))).slice(-1);
    expect(fact?.fact).toMatchObject({ ref: 'feature/x', dockerfile: { path: 'build/Dockerfile' }, commitSha: git(path, 'rev-parse', 'HEAD') });
  });

  it('completes with warnings where manifests are broken', async () => {
    const { url } = await repository({ Dockerfile: 'NOT A DOCKERFILE', 'package.json': '[]', 'tags.yaml': 'a: [', 'README.md': `# Big\n\n${'word '.repeat(400_000)}` });
    const [last] = (await hub.factsOf(await enqueue({ repoUrl: url }), has(COMPLETED))).slice(-1);
    expect(ingestionCompleted.schema.parse(last?.fact).warnings.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^tags\.yaml is not valid YAML/),
      expect.stringMatching(/^package\.json.* is not a JSON object/),
      expect.stringMatching(/^Dockerfile, line 1: "NOT"/),
      'README.md is large: only its first 1000000 bytes were read',
    ]);
  });

  it('follows no symbolic link', async () => {
    const { url } = await repository({ Dockerfile: 'FROM scratch', 'real/README.md': '# Real' }, { 'README.md': '/etc/passwd', 'package.json': '/etc/hostname', 'tags.yaml': '../../../etc/passwd', docs: 'real' });
    const [last] = (await hub.factsOf(await enqueue({ repoUrl: url }), has(COMPLETED))).slice(-1);
    expect(last?.fact).toMatchObject({ metadata: { name: null, description: null, readmeSummary: null }, tags: [], media: [] });
    expect(JSON.stringify(hub.facts)).not.toContain('root:');
  });

  it('takes file names that try to be something else', async () => {
    const { url } = await repository({ Dockerfile: 'FROM scratch', '--upload-pack=x': 'a', 'a\nb.py': 'x', [`${'d/'.repeat(20)}x.py`]: 'x' });
    await hub.factsOf(await enqueue({ repoUrl: url }), has(COMPLETED));
  });
});

describe('a failing ingestion', () => {
  it('says that the repository is empty', async () => {
    const path = join(repositories, 'empty');
    await mkdir(path);
    git(path, 'init', '-q', '-b', 'main');
    expect(await failureOf({ repoUrl: `file://${path}` })).toMatchObject({ error: { code: 'REPO_EMPTY' }, willRetry: false, commitSha: null });
  });

  it('says that there is no Dockerfile, and what was looked for', async () => {
    const { url, commitSha } = await repository({ 'README.md': '# x' }, { Dockerfile: '/etc/passwd' });
    const failure = await failureOf({ repoUrl: url });
    expect(failure).toMatchObject({ error: { code: 'DOCKERFILE_MISSING', message: expect.stringContaining('No Dockerfile was found') }, willRetry: false, commitSha });
    expect(await failureOf({ repoUrl: url, dockerfilePath: 'x/Dockerfile' })).toMatchObject({ error: { code: 'DOCKERFILE_MISSING', message: expect.stringContaining('"x/Dockerfile"') } });
  });

  it('says that the ref or the repository is not there', async () => {
    const { url } = await repository({ Dockerfile: 'FROM scratch' });
    expect(await failureOf({ repoUrl: url, ref: 'nope' })).toMatchObject({ error: { code: 'REF_NOT_FOUND' }, willRetry: false });
    expect(await failureOf({ repoUrl: `file://${repositories}/nothing-here` })).toMatchObject({ error: { code: 'REPO_NOT_FOUND' }, willRetry: false });
  });

  it.each([
    ['--upload-pack=touch x', null], ['ext::sh -c touch% x', null], ['file:///etc', null], ['ssh://-oProxyCommand=x/y', null], ['https://h/a --orphan', null], ['', null], [`https://h/${'a'.repeat(10_000)}`, null],
  ])('refuses the URL %j', async (repoUrl) => {
    const failure = await failureOf({ repoUrl });
    expect((failure?.['error'] as { code: string }).code).toMatch(/^(REPO_URL_INVALID|HOST_NOT_ALLOWED|REPO_NOT_FOUND)$/);
    expect(failure?.['willRetry']).toBe(false);
  });

  it.each(['--orphan=x', '-x', 'a..b', 'a b', 'x:refs/heads/y', 'a\nb', '@{-1}'])('refuses the ref %j', async (ref) => {
    const { url } = await repository({ Dockerfile: 'FROM scratch' });
    expect(await failureOf({ repoUrl: url, ref })).toMatchObject({ error: { code: 'REF_INVALID' }, willRetry: false });
  });

  it('says nothing of credentials', async () => {
    const port = await freePort();
    const id = await enqueue({ repoUrl: `http://ada:s3cret@127.0.0.1:${port}/a/b` });
    const facts = await hub.factsOf(id, has(DEAD));
    await until(() => hub.uploads.filter(({ owner }) => owner.ingestionId === id).length === 3);
    // The job itself, as the dead letter has it, is the catalog's own.
    expect(JSON.stringify(facts.filter(({ subject }) => subject !== DEAD))).not.toContain('s3cret');
    expect(JSON.stringify(hub.uploads)).not.toContain('s3cret');
  });

  it('comes again after its backoff, and ends as a dead letter', async () => {
    const port = await freePort();
    const id = await enqueue({ repoUrl: `http://127.0.0.1:${port}/a/b` });
    const facts = await hub.factsOf(id, has(DEAD));
    const failures = facts.filter(({ subject }) => subject === FAILED).map(({ fact }) => fact);
    expect(failures.map(({ delivery, willRetry }) => [delivery, willRetry])).toEqual([[1, true], [2, true], [3, false]]);
    expect(failures[0]).toMatchObject({ error: { code: 'REPO_UNREACHABLE' } });
    expect(facts.at(-1)?.fact).toMatchObject({ subject: ingestJob.subject, worker: 'ingestion', deliveries: 3, error: { code: 'REPO_UNREACHABLE' } });
    const gap = Date.parse(String(failures[1]?.['at'])) - Date.parse(String(failures[0]?.['at']));
    expect(gap).toBeGreaterThanOrEqual(100);
    await until(async () => (await jobsLeft()) === 0);
  });
});

describe('the lease', () => {
  it('is asked for first: a superseded job is dropped without a word', async () => {
    hub.claim = () => ({ granted: false, reason: 'superseded' });
    const { url } = await repository({ Dockerfile: 'FROM scratch' });
    const id = await enqueue({ repoUrl: url });
    await until(async () => (await jobsLeft()) === 0);
    expect(await hub.factsOf(id, () => true)).toEqual([]);
  });

  it('is waited for where another worker has it', async () => {
    let asked = 0;
    hub.claim = () => (++asked < 2 ? { granted: false, reason: 'leased' } : { granted: true, reason: null });
    const { url } = await repository({ Dockerfile: 'FROM scratch' });
    const [first] = await hub.factsOf(await enqueue({ repoUrl: url }), has(COMPLETED));
    // Waiting is no failure.
    expect(first?.fact).toMatchObject({ delivery: 1 });
    expect(asked).toBe(2);
  }, 15_000);

  it('ends the work when it is lost, and the job with it', async () => {
    hub.renew = () => ({ granted: false });
    const id = await enqueue({ repoUrl: `http://127.0.0.1:${(silent.address() as AddressInfo).port}/a/b` });
    await hub.factsOf(id, has('facts.ingestion.progressed.v1'));
    await until(async () => (await jobsLeft()) === 0);
    expect((await hub.factsOf(id, () => true)).map(({ subject }) => subject)).not.toContain(FAILED);
  }, 15_000);
});

it('works below OSIRIS_HOME, leaves nothing behind, and has removed what a killed worker left', async () => {
  const folder = join(root, 'tmp/ingestions');
  // Its own, and another host's, which may still be in use there.
  const [own = '', ...others] = (await readdir(folder)).sort((a, b) => Number(a === 'stranger~1~abc') - Number(b === 'stranger~1~abc'));
  expect(others).toEqual(['stranger~1~abc']);
  expect(own).toContain(`~${process.pid}~`);
  await until(async () => (await readdir(join(folder, own))).length === 0);
});

it('says in /readyz which git it has to do with', async () => {
  const answer = await fetch(`http://127.0.0.1:${port + 102}/readyz`);
  expect(await answer.json()).toMatchObject({ dependencies: { git: { status: 'up' } } });
});
