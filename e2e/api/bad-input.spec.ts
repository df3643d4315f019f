import { expect, test } from '@playwright/test';
import { EventClient } from '../client/event-client';
import { eventually, type Problem } from '../client/hub-client';
import { sharedHub } from '../hub/shared-hub';
import { broken, staticApp } from '../repositories/fixtures';
import { GitHttpServer } from '../repositories/git-http-server';
import { GitRepository } from '../repositories/git-repository';

const { facts, api, files } = sharedHub();
const count = async (): Promise<number> => (await api.get<{ total: number }>('/apps')).body.total;

test.describe('what cannot be accepted is refused at once, and nothing is kept of it', () => {
  const refused: [what: string, send: { raw?: string; json?: unknown }, code: string][] = [
    ['unparsable JSON', { raw: '{"repoUrl": ' }, 'INVALID_JSON'],
    ['no body', { raw: '' }, 'INVALID_JSON|VALIDATION_FAILED|UNSUPPORTED_MEDIA_TYPE'],
    ['a body that is no object', { raw: '[]' }, 'VALIDATION_FAILED'],
    ['a field nobody knows', { json: { repoUrl: 'https://example.com/a/b', surprise: 1 } }, 'VALIDATION_FAILED'],
    ['an option instead of a URL', { json: { repoUrl: '--upload-pack=touch /tmp/owned' } }, 'REPO_URL_INVALID'],
    ['an option as the host', { json: { repoUrl: 'ssh://-oProxyCommand=touch%20owned/a/b' } }, 'REPO_URL_INVALID'],
    ['an option as the user', { json: { repoUrl: 'ssh://-oProxyCommand=x@example.com/a/b' } }, 'REPO_URL_INVALID'],
    ['an option in the path', { json: { repoUrl: 'https://example.com/--upload-pack=x/b' } }, 'REPO_URL_INVALID'],
    ['a transport helper', { json: { repoUrl: 'ext::sh -c touch% /tmp/owned' } }, 'REPO_URL_INVALID'],
    ['a transport helper in a URL', { json: { repoUrl: 'ext::https://example.com/a/b' } }, 'REPO_URL_INVALID'],
    ['a folder of the machine', { json: { repoUrl: 'file:///etc' } }, 'REPO_URL_INVALID|HOST_NOT_ALLOWED'],
    ['a way out of the allowed folder', { json: { repoUrl: `file://${facts.repositories}/../../../etc` } }, 'REPO_URL_INVALID'],
    ['another protocol', { json: { repoUrl: 'ftp://example.com/a/b' } }, 'REPO_URL_INVALID'],
    ['ten thousand characters', { json: { repoUrl: `https://example.com/${'a'.repeat(10_000)}` } }, 'VALIDATION_FAILED|REPO_URL_INVALID'],
    ['a line break', { json: { repoUrl: 'https://example.com/a/b\nHost: x' } }, 'REPO_URL_INVALID|VALIDATION_FAILED'],
    ['an option as the ref', { json: { repoUrl: 'https://example.com/a/b', ref: '--orphan=x' } }, 'REF_INVALID|VALIDATION_FAILED'],
    ['a ref with a way out', { json: { repoUrl: 'https://example.com/a/b', ref: 'a..b' } }, 'REF_INVALID|VALIDATION_FAILED'],
    ['a Dockerfile outside of the repository', { json: { repoUrl: 'https://example.com/a/b', dockerfilePath: '../../etc/passwd' } }, 'VALIDATION_FAILED'],
    ['a tag that is none', { json: { repoUrl: 'https://example.com/a/b', tags: ['no colon'] } }, 'VALIDATION_FAILED'],
  ];
  for (const [what, send, code] of refused) {
    test(what, async () => {
      const before = await count();
      const answer = await api.send<Problem>('POST', '/apps', { ...send, headers: { 'content-type': 'application/json' } });
      expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
      expect(answer.body.code).toMatch(new RegExp(`^(${code})$`));
      expect(answer.status).toBe(answer.body.status);
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.status).toBeLessThan(500);
      if (answer.body.code === 'VALIDATION_FAILED') expect(answer.body.errors?.length).toBeGreaterThan(0);
      expect(await count()).toBe(before);
    });
  }

  test('launches of what is not there', async () => {
    const unknown = await api.post<Problem>('/launches', { appId: 'app_00000000000000000000000000' });
    expect(unknown.body.code).toBe('NOT_FOUND');
    const wrong = await api.post<Problem>('/launches', { appId: 'app_00000000000000000000000000', ttlSeconds: 5, env: { 'NOT A NAME': 'x' } });
    expect(wrong.body.code).toBe('VALIDATION_FAILED');
    expect(wrong.body.errors?.map(({ path }) => path)).toContain('ttlSeconds');
  });
});

test.describe('what turns out bad later ends in a state that says why', () => {
  test('a repository that does not exist', async () => {
    const app = await api.ingested((await api.register(`file://${facts.repositories}/nobody/nothing`)).id);
    expect(app).toMatchObject({ ingestStatus: 'failed', ingestError: { code: 'REPO_NOT_FOUND' } });
  });

  test('an empty repository', async () => {
    const app = await api.ingested((await api.register(GitRepository.create(facts.repositories, 'e2e-bad/empty').url)).id);
    expect(app).toMatchObject({ ingestStatus: 'failed', ingestError: { code: 'REPO_EMPTY' } });
  });

  test('a ref that does not exist', async () => {
    const { url } = staticApp(facts.repositories, 'e2e-bad/no-ref', { title: 'No ref', about: 'x' });
    const app = await api.ingested((await api.register(url, { ref: 'no-such-branch' })).id);
    expect(app).toMatchObject({ ingestStatus: 'failed', ingestError: { code: 'REF_NOT_FOUND' } });
  });

  test('no Dockerfile, and mended by a commit and a retry', async () => {
    const repository = GitRepository.of(facts.repositories, 'e2e-bad/no-dockerfile', broken.noDockerfile.files);
    const failed = await api.ingested((await api.register(repository.url)).id);
    expect(failed).toMatchObject({ ingestStatus: 'failed', ingestError: { code: 'DOCKERFILE_MISSING' }, latestBuild: null });
    const launch = await api.post<Problem>('/launches', { appId: failed.id });
    expect(launch.status).toBe(409);
    expect(launch.body.code).toBe('APP_NOT_BUILT');
    repository.commit({ Dockerfile: 'FROM busybox:latest\nCMD ["true"]\n' }, 'mend');
    await api.post(`/apps/${failed.id}/retry`);
    const mended = await eventually(() => api.app(failed.id), (app) => app.ingestStatus === 'ready', 'the retry');
    expect(mended.ingestError).toBeNull();
  });

  for (const [name, build] of Object.entries({
    badDockerfile: broken.badDockerfile,
    missingBase: broken.missingBase,
    missingFile: broken.missingFile,
    failingRun: broken.failingRun,
    endlessRun: broken.endlessRun,
  })) {
    test(`a build: ${name}`, async () => {
      const app = await api.register(GitRepository.of(facts.repositories, `e2e-bad/${name.toLowerCase()}`, build.files).url);
      const now = await eventually(
        () => api.app(app.id),
        (app) => app.ingestStatus === 'failed' || ['failed', 'succeeded', 'canceled'].includes(app.latestBuild?.status ?? ''),
        name,
        90_000,
      );
      expect((now.latestBuild?.error ?? now.ingestError)?.code).toBe(build.code);
      expect((now.latestBuild?.error ?? now.ingestError)?.message.length).toBeGreaterThan(10);
      if (name === 'failingRun' || name === 'endlessRun') {
        expect(now.latestBuild?.status).toBe('failed');
        expect((await api.get(`/builds/${now.latestBuild?.id}/log`)).text).toContain(name === 'failingRun' ? 'about to fail' : 'going on and on');
      }
      expect((await api.post<Problem>('/launches', { appId: app.id })).body.code).toBe('APP_NOT_BUILT');
    });
  }

  for (const [name, launch] of Object.entries({ silentApp: broken.silentApp, exitingApp: broken.exitingApp, loopbackApp: broken.loopbackApp })) {
    test(`a launch: ${name}`, async () => {
      const app = await api.register(GitRepository.of(facts.repositories, `e2e-bad/${name.toLowerCase()}`, launch.files).url);
      expect((await api.built(app.id)).status).toBe('succeeded');
      const ended = await api.ended((await api.launch(app.id)).id, 90_000);
      expect(ended).toMatchObject({ status: 'failed', previewUrl: null, error: { code: launch.code } });
      if (name === 'exitingApp') {
        expect(ended.error?.message).toContain('3');
        expect((await api.get(`/launches/${ended.id}/log`)).text).toContain('giving up');
      }
    });
  }

  test('a build that is canceled', async () => {
    const files = { Dockerfile: 'FROM busybox:latest\nRUN echo begun && sleep 600\n' };
    const app = await api.register(GitRepository.of(facts.repositories, 'e2e-bad/canceled', files).url);
    const running = await eventually(() => api.app(app.id), (now) => now.latestBuild?.status === 'running', 'the build to run', 60_000);
    const id = running.latestBuild?.id ?? '';
    await eventually(() => api.get(`/apps/${app.id}/history`), () => true, 'history');
    expect((await api.post(`/builds/${id}/cancel`)).status).toBe(202);
    const build = await eventually(() => api.get<{ status: string }>(`/builds/${id}`), ({ body }) => body.status === 'canceled', 'the cancel', 10_000);
    expect(build.body.status).toBe('canceled');
  });
});

test('credentials in a URL are used, and shown nowhere', async () => {
  const canary = 'canary-Zr81hVwq35';
  const events = await EventClient.connect(facts.port);
  staticApp(facts.repositories, 'e2e/private', { title: 'Private', about: 'Only with the password.' });
  const server = await GitHttpServer.start(facts.repositories, { credentials: { user: 'reader', password: canary } });
  try {
    const logs = await EventClient.connect(facts.port, { types: 'build,ingestion' });
    const app = await api.register(`http://reader:${canary}@127.0.0.1:${server.port}/e2e/private/.git`);
    expect(app.repoUrl).toBe(`http://127.0.0.1:${server.port}/e2e/private/.git`);
    expect((await api.built(app.id)).status).toBe('succeeded');
    await api.get(`/apps/${app.id}/history`);
    await api.get(`/apps?q=private`);
    const wrong = await api.register(`http://reader:${canary}-wrong@127.0.0.1:${server.port}/e2e/missing/.git`);
    expect((await api.ingested(wrong.id)).ingestError?.code).toBe('REPO_AUTH_REQUIRED');
    const build = await api.built(app.id);
    await api.get(`/builds/${build.id}/log`);
    await logs.close();
    events.raw.push(...logs.raw);
  } finally {
    await server.close();
  }
  await events.close();
  for (const answer of api.transcript) expect(answer).not.toContain(canary);
  for (const event of events.raw) expect(event).not.toContain(canary);
  for (const { name, text } of files.logs()) expect(text.includes(canary), name).toBe(false);
});
