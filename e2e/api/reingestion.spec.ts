import { createHmac, randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import type { App, HistoryEntry, WebhookAnswer } from '@osiris/contracts';
import { eventually, HubClient, type Problem } from '../client/hub-client';
import { WEBHOOK_SECRET } from '../hub/global-setup';
import { sharedHub } from '../hub/shared-hub';
import { TestHub } from '../hub/test-hub';
import { staticApp } from '../repositories/fixtures';
import { GitRepository } from '../repositories/git-repository';

const { facts, api } = sharedHub();
const readings = async (id: string): Promise<HistoryEntry[]> => (await api.get<{ items: HistoryEntry[] }>(`/apps/${id}/history`)).body.items.filter(({ kind }) => kind === 'ingestion');

/** What GitHub would send about the repository's branch. */
function pushOf(repository: GitRepository, more: object = {}): string {
  return JSON.stringify({ ref: 'refs/heads/main', after: repository.head, deleted: false, repository: { clone_url: repository.url, default_branch: 'main' }, ...more });
}
function deliver<T = WebhookAnswer>(body: string, { secret = WEBHOOK_SECRET, id = randomUUID() as string } = {}) {
  const signature = `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
  // As GitHub's requests come: from elsewhere, through a proxy, without a token.
  const headers = { 'content-type': 'application/json', 'x-github-event': 'push', 'x-github-delivery': id, 'x-hub-signature-256': signature, 'x-forwarded-for': '192.0.2.7' };
  return api.send<T>('POST', '/hooks/github', { raw: body, headers });
}

test.describe('a push that a webhook tells of', () => {
  test.describe.configure({ mode: 'serial' });
  let repository: GitRepository;
  let app: App;

  test.beforeAll(async () => {
    repository = staticApp(facts.repositories, 'e2e/pushed', { title: 'Before the push', about: 'It waits for one.' });
    app = await api.ingested((await api.register(repository.url)).id);
  });

  test('is not believed with a wrong signature, and leads nowhere of a repository that is not here', async () => {
    const before = (await readings(app.id)).length;
    const forged = await deliver<Problem>(pushOf(repository), { secret: 'guessed' });
    expect([forged.status, forged.body.code]).toEqual([401, 'UNAUTHENTICATED']);
    const unknown = await deliver<Problem>(JSON.stringify({ ...(JSON.parse(pushOf(repository)) as object), repository: { clone_url: 'https://github.com/nobody/nothing' } }));
    expect([unknown.status, unknown.body.code]).toEqual([404, 'NOT_FOUND']);
    expect((await deliver(pushOf(repository, { ref: 'refs/heads/another' }))).body).toEqual({ accepted: [], ignored: 'ref' });
    expect(await readings(app.id)).toHaveLength(before);
  });

  test('has the repository read anew, once', async () => {
    repository.commit({ 'README.md': '# After the push\n\nIt came.\n' }, 'second');
    const [body, id] = [pushOf(repository), randomUUID()];
    const answer = await deliver(body, { id });
    expect([answer.status, answer.body]).toEqual([202, { accepted: [app.slug] }]);
    const read = await eventually(() => api.app(app.id), ({ ingestStatus, commitSha }) => ingestStatus === 'ready' && commitSha === repository.head, 'the pushed commit');
    expect(read.name).toBe('After the push');

    const before = (await readings(app.id)).length;
    for (const again of [id, randomUUID()]) {
      const replayed = await deliver(body, { id: again });
      expect([replayed.status, replayed.body]).toEqual([200, { accepted: [], ignored: 'replay' }]);
    }
    expect(await readings(app.id)).toHaveLength(before);
    expect((await api.app(app.id)).ingestStatus).toBe('ready');
  });
});

test.describe('reading a repository again', () => {
  test('takes the tag of a removed dependency away, and leaves what a curator set', async () => {
    const packageJson = (dependencies: Record<string, string>): string => `${JSON.stringify({ name: 'shop', dependencies }, null, 2)}\n`;
    const repository = GitRepository.of(facts.repositories, 'e2e/dependencies', {
      Dockerfile: 'FROM node:20-slim\nWORKDIR /app\nCOPY . .\nEXPOSE 3000\nCMD ["node", "server.js"]\n',
      'package.json': packageJson({ express: '^4.19.2' }),
      'server.js': "require('node:http').createServer((_, response) => response.end('shop')).listen(3000);\n",
    });
    const app = await api.ingested((await api.register(repository.url)).id);
    const derived = app.tags.find(({ from }) => from.includes('express'));
    expect(derived).toMatchObject({ source: 'auto', from: expect.stringContaining('package.json') });
    const key = `${derived?.key}:${derived?.value}`;
    await api.send('PATCH', `/apps/${app.id}`, { json: { tags: ['team:blue'] } });

    repository.commit({ 'package.json': packageJson({}) }, 'without express');
    await api.post(`/apps/${app.id}/retry`);
    const read = await api.ingested(app.id);
    expect(read.commitSha).toBe(repository.head);
    const tags = read.tags.map((tag) => `${tag.key}:${tag.value}`);
    expect(tags).not.toContain(key);
    expect(tags).toContain('team:blue');
  });

  test('keeps the last good version where it fails, and says why on it', async () => {
    const repository = staticApp(facts.repositories, 'e2e/kept', { title: 'Kept', about: 'What was good stays.', tags: { topic: 'keeping' } });
    const { id } = await api.register(repository.url);
    expect((await api.built(id)).status).toBe('succeeded');
    const good = await api.app(id);
    rmSync(join(repository.path, 'Dockerfile'));
    repository.commit({ 'README.md': '# Broken\n' }, 'no Dockerfile any more');
    await api.post(`/apps/${id}/retry`);
    const failed = await api.ingested(id);
    expect(failed).toMatchObject({
      ingestStatus: 'failed', ingestError: { code: 'DOCKERFILE_MISSING' }, name: 'Kept', commitSha: good.commitSha, tags: good.tags, dockerfile: good.dockerfile, launchable: true,
    }); // prettier-ignore
    const launch = await api.launched((await api.launch(id)).id);
    expect(launch.status).toBe('running');
    await api.send('DELETE', `/launches/${launch.id}`);
  });

  test('can be with another Dockerfile', async () => {
    const repository = GitRepository.of(facts.repositories, 'e2e/two-dockerfiles', {
      Dockerfile: 'FROM busybox:latest\nEXPOSE 8080\nCMD ["httpd", "-f", "-p", "8080"]\n',
      'docker/other.Dockerfile': 'FROM busybox:latest\nEXPOSE 9090\nCMD ["httpd", "-f", "-p", "9090"]\n',
    });
    const app = await api.ingested((await api.register(repository.url)).id);
    expect(app.dockerfile).toMatchObject({ path: 'Dockerfile', asked: false, others: ['docker/other.Dockerfile'] });
    expect(app.dockerfile?.reason).not.toBe('');
    const changed = await api.send<App>('PATCH', `/apps/${app.id}`, { json: { dockerfilePath: 'docker/other.Dockerfile' } });
    expect([changed.status, changed.body.ingestStatus]).toEqual([200, 'pending']);
    const read = await api.ingested(app.id);
    expect(read.dockerfile).toMatchObject({ path: 'docker/other.Dockerfile', asked: true });
    const other = await api.register(repository.url);
    expect(other.id).not.toBe(app.id);
    const taken = await api.send<Problem>('PATCH', `/apps/${app.id}`, { json: { dockerfilePath: null } });
    expect([taken.status, taken.body.code]).toEqual([409, 'CONFLICT']);
    expect(taken.body.detail).toContain(other.slug);
    expect((await api.send('PATCH', `/apps/${app.id}`, { json: { dockerfilePath: '../Dockerfile' } })).status).toBe(400);
  });
});

test('a new commit is noticed by itself', async () => {
  const hub = await TestHub.start({ REFRESH_INTERVAL_SECONDS: '1', REFRESH_MAX_INTERVAL_SECONDS: '2', OSIRIS_ENGINE: 'none' });
  try {
    const client = new HubClient(hub.facts.port);
    const repository = staticApp(hub.facts.repositories, 'e2e/noticed', { title: 'As it was', about: 'It changes.' });
    const app = await client.ingested((await client.register(repository.url)).id);
    expect(app).toMatchObject({ ingestStatus: 'ready', name: 'As it was' });
    repository.commit({ 'README.md': '# As it is\n' }, 'second');
    const read = await eventually(() => client.app(app.id), ({ commitSha, ingestStatus }) => commitSha === repository.head && ingestStatus === 'ready', 'the new commit');
    expect(read.name).toBe('As it is');
    const history = await client.get<{ items: HistoryEntry[] }>(`/apps/${app.id}/history`);
    expect(history.body.items.map(({ message }) => message)).toContain(`New commit ${repository.head.slice(0, 12)}`);
  } finally {
    await hub.stop();
    await hub.remove();
  }
});
