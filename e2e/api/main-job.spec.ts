import { expect, test } from '@playwright/test';
import type { App, Build, Launch, SearchAppsResult } from '@osiris/contracts';
import { EventClient } from '../client/event-client';
import { eventually, type Problem } from '../client/hub-client';
import { PreviewClient } from '../client/preview-client';
import { sharedHub } from '../hub/shared-hub';
import { mirrorApp, staticApp } from '../repositories/fixtures';
import { GitRepository } from '../repositories/git-repository';

const { facts, api, files } = sharedHub();

test.describe('from a git URL to a running app', () => {
  test.describe.configure({ mode: 'serial' });
  let events: EventClient;
  let app: App;
  let build: Build;
  let launch: Launch;
  let preview: PreviewClient;

  test.beforeAll(async () => {
    events = await EventClient.connect(facts.port);
  });
  test.afterAll(() => events.close());

  test('registers once, however often it is asked', async () => {
    const repository = staticApp(facts.repositories, 'e2e/lighthouse', {
      title: 'Lighthouse',
      about: 'A lamp that says where the rocks are.',
      tags: { category: 'navigation', topic: 'sea' },
      run: 'echo the lamp is lit',
    });
    const first = await api.post<App>('/apps', { repoUrl: repository.url, tags: ['mood:calm'] });
    expect(first.status).toBe(201);
    app = first.body;
    expect(app).toMatchObject({ slug: 'e2e/lighthouse', repoUrl: repository.url, ref: null });
    const second = await api.post<App>('/apps', { repoUrl: repository.url });
    expect(second.status).toBe(200);
    expect(second.body.id).toBe(app.id);
  });

  test('reads what the repository says about itself', async () => {
    const ready = await api.ingested(app.id);
    expect(ready.ingestError).toBeNull();
    expect(ready).toMatchObject({ name: 'Lighthouse', ingestStatus: 'ready' });
    expect(ready.description).toContain('where the rocks are');
    expect(ready.commitSha).toMatch(/^[0-9a-f]{40}$/);
    const tags = ready.tags.map(({ key, value, source }) => `${key}:${value} ${source}`);
    expect(tags).toContain('category:navigation author');
    expect(tags).toContain('mood:calm manual');
    expect((await api.get<App>(`/apps/${encodeURIComponent('e2e/lighthouse')}`)).body.id).toBe(app.id);
  });

  test('builds it by itself, with a log that is the same live and stored', async () => {
    build = await api.built(app.id);
    expect(build.error).toBeNull();
    expect(build.status).toBe('succeeded');
    expect(build.image?.reference).toContain('osiris/');
    expect(build.image?.digest).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(build.image?.bytes).toBeGreaterThan(0);
    const log = await api.get(`/builds/${build.id}/log`);
    expect(log.headers['content-type']).toContain('text/plain');
    expect(log.text).toContain('the lamp is lit');
    const history = await api.get<{ items: { kind: string; artifacts: { id: string; kind: string; sha256: string; bytes: number }[] }[] }>(`/apps/${app.id}/history`);
    expect(history.body.items.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['ingestion', 'build']));
    const stored = history.body.items.flatMap((item) => item.artifacts).find(({ kind }) => kind === 'build-log');
    const redirect = await api.get(`/artifacts/${stored?.id}/content`);
    expect(redirect.status).toBe(302);
    const location = new URL(String(redirect.headers.location), `http://localhost:${facts.port}`);
    const content = await api.get(location.pathname + location.search);
    expect(content.status).toBe(200);
    expect(content.text).toBe(log.text);
  });

  test('is found by a few letters, by a tag, and counted in the facets', async () => {
    for (const q of ['lighth', 'category:navigation', 'lamp topic:sea']) {
      const found = await api.get<SearchAppsResult>(`/apps?q=${encodeURIComponent(q)}`);
      expect(found.body.items.map(({ id }) => id), q).toContain(app.id);
      expect(found.body.total).toBeGreaterThan(0);
    }
    const none = await api.get<SearchAppsResult>(`/apps?q=${encodeURIComponent('lighth -topic:sea')}`);
    expect(none.body.items.map(({ id }) => id)).not.toContain(app.id);
    const facets = (await api.get<SearchAppsResult>('/apps?q=lighth')).body.facets;
    expect(facets.find(({ key }) => key === 'topic')?.values).toContainEqual({ value: 'sea', count: 1 });
    const keys = await api.get<{ items: { label: string; key: string }[] }>('/tags/suggest?q=cate');
    expect(keys.body.items[0]).toMatchObject({ key: 'category', label: 'category:' });
    const values = await api.get<{ items: { label: string }[] }>(`/tags/suggest?q=${encodeURIComponent('category:nav')}`);
    expect(values.body.items.map(({ label }) => label)).toContain('category:navigation');
  });

  test('launches behind a signed URL', async () => {
    const answer = await api.post<Launch>('/launches', { appId: app.id });
    expect(answer.status).toBe(202);
    expect(answer.headers.location).toContain(answer.body.id);
    expect(answer.body).toMatchObject({ previewUrl: null, profile: 'small' });
    launch = await api.launched(answer.body.id);
    expect(launch.error).toBeNull();
    expect(launch.status).toBe('running');
    expect(launch.timings.readyMs).toBeGreaterThanOrEqual(0);
    const host = `${launch.id}.preview.localhost:${facts.port}`.toLowerCase();
    expect(new URL(launch.previewUrl ?? '').host).toBe(host);
    preview = new PreviewClient(launch.previewUrl ?? '');
  });

  test('shows the app only to who has the signed URL, and gives a cookie that works inside a frame', async () => {
    const stranger = await preview.get<Problem>('/');
    expect([401, 403]).toContain(stranger.status);
    expect(stranger.text).not.toContain('Lighthouse');
    const forged = await preview.http.get(preview.signedPath.slice(0, -4) + 'AAAA');
    expect([401, 403]).toContain(forged.status);
    const entry = await preview.enter();
    expect(entry.status).toBe(303);
    expect(String(entry.headers.location)).not.toContain('__osiris_token');
    expect(String(entry.headers['set-cookie'])).toMatch(/^__Host-.*Secure.*/);
    for (const attribute of ['HttpOnly', 'SameSite=None', 'Partitioned', 'Path=/']) expect(String(entry.headers['set-cookie'])).toContain(attribute);
    const home = await preview.get('/');
    expect(home.status).toBe(200);
    expect(home.text).toContain('<h1>Lighthouse</h1>');
  });

  test('extends and stops', async () => {
    const before = Date.parse(launch.expiresAt);
    const extended = await api.post<Launch>(`/launches/${launch.id}/extend`, { ttlSeconds: 7200 });
    expect(extended.status).toBe(200);
    expect(Date.parse(extended.body.expiresAt)).toBeGreaterThan(before);
    const running = await api.get<{ items: Launch[] }>(`/launches?appId=${app.id}&status=running`);
    expect(running.body.items.map(({ id }) => id)).toEqual([launch.id]);
    expect((await api.send('DELETE', `/launches/${launch.id}`)).status).toBe(202);
    expect((await api.ended(launch.id)).status).toBe('stopped');
    const gone = await eventually(() => preview.get('/'), ({ status }) => status !== 200, 'the preview to go');
    expect(gone.status).toBeGreaterThanOrEqual(404);
    expect(gone.text).not.toContain('<h1>Lighthouse</h1>');
  });

  test('told each step as an event, in order, and resumes without a gap', async () => {
    await events.next((event) => event.type === 'launch.updated' && (event.data as { launch: Launch }).launch.status === 'stopped', 'launch stopped');
    const ofApp = events.received.filter(({ subject }) => subject === app.id).map(({ type }) => type);
    for (const type of ['app.created', 'ingestion.updated', 'build.updated', 'launch.updated'] as const) expect(ofApp).toContain(type);
    const seen = events.sequences;
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect(new Set(seen).size).toBe(seen.length);
    for (const event of events.received) expect(event).toMatchObject({ specversion: '1.0', source: expect.any(String), time: expect.any(String) });

    const middle = seen[Math.floor(seen.length / 2)] ?? 0;
    const resumed = await EventClient.connect(facts.port, { after: String(middle) });
    const last = seen.at(-1) ?? 0;
    await resumed.next(({ sequence }) => sequence === last, `sequence ${last}`, 10_000);
    expect(resumed.sequences.filter((sequence) => sequence <= last)).toEqual(seen.filter((sequence) => sequence > middle));
    await resumed.close();
    const narrow = await EventClient.connect(facts.port, { after: '0', types: 'build', subject: app.id });
    await narrow.next((event) => (event.data as { build?: Build }).build?.status === 'succeeded', 'the build, replayed', 10_000);
    expect(new Set(narrow.received.filter(({ type }) => type !== 'build.log').map(({ type, subject }) => `${type} ${subject}`))).toEqual(new Set([`build.updated ${app.id}`]));
    await narrow.close();
  });

  test('is gone after DELETE', async () => {
    expect((await api.send('DELETE', `/apps/${app.id}`)).status).toBe(202);
    const gone = await eventually(() => api.get<Problem>(`/apps/${app.id}`), ({ status }) => status === 404, 'the app to go');
    expect(gone.body.code).toBe('NOT_FOUND');
    expect((await api.get<SearchAppsResult>('/apps?q=lighth')).body.items.map(({ id }) => id)).not.toContain(app.id);
    await events.next((event) => event.type === 'app.deleted' && event.subject === app.id, 'app.deleted');
  });
});

test('environment values reach the app and nothing else', async () => {
  const canary = 'canary-Kj29xQpZ71';
  const everything = await EventClient.connect(facts.port);
  const app = await api.register(mirrorApp(facts.repositories, 'e2e/mirror').url);
  expect((await api.built(app.id)).status).toBe('succeeded');
  const launch = await api.launched((await api.launch(app.id, { env: { SECRET: canary } })).id);
  expect(launch.error).toBeNull();
  const preview = new PreviewClient(launch.previewUrl ?? '');
  await preview.enter();
  expect((await preview.get('/env')).text).toBe(`SECRET has ${canary.length} characters`);
  const mirrored = await preview.get<{ headers: Record<string, string> }>('/look?at=me');
  expect(mirrored.body.headers.cookie ?? '', 'the hub keeps its own cookie from the app').not.toContain('__Host-');
  expect(mirrored.text).not.toContain('__osiris_token');
  expect(await api.readUntil(`/launches/${launch.id}/log?after=0&follow=true`, 'seen /look?at=me')).not.toContain('__osiris_token');
  await api.send('DELETE', `/launches/${launch.id}`);
  await api.ended(launch.id);
  await everything.close();
  for (const answer of api.transcript) expect(answer).not.toContain(canary);
  for (const event of everything.raw) expect(event).not.toContain(canary);
  for (const { name, text } of files.logs()) expect(text.includes(canary), name).toBe(false);
});

test('WebSocket and server-sent events pass through the preview', async () => {
  const app = await api.register(GitRepository.ofDemo(facts.repositories, 'e2e/chalkboard', 'chalkboard').url);
  const pulse = await api.register(GitRepository.ofDemo(facts.repositories, 'e2e/pulse', 'pulse').url);
  expect((await api.built(app.id)).status).toBe('succeeded');
  expect((await api.built(pulse.id)).status).toBe('succeeded');
  const board = await api.launched((await api.launch(app.id)).id);
  expect(board.error).toBeNull();
  const preview = new PreviewClient(board.previewUrl ?? '');
  await expect(preview.socket('/live'), 'without the cookie').rejects.toThrow(/40[13]/);
  await preview.enter();
  const { socket, first } = await preview.socket('/live');
  expect(JSON.parse(await first)).toMatchObject({ type: 'welcome' });
  socket.close();
  await api.send('DELETE', `/launches/${board.id}`);

  const ticking = await api.launched((await api.launch(pulse.id)).id);
  expect(ticking.error).toBeNull();
  const stream = new PreviewClient(ticking.previewUrl ?? '');
  await stream.enter();
  await expectStream(stream, '/stream', 3);
  await api.send('DELETE', `/launches/${ticking.id}`);
  await Promise.all([api.ended(board.id), api.ended(ticking.id)]);
});

/** Reads so many server-sent events one by one: a proxy that buffers would hand them over late and together. */
async function expectStream(preview: PreviewClient, path: string, count: number): Promise<void> {
  const { request } = await import('node:http');
  const arrivals = await new Promise<number[]>((resolve, reject) => {
    const at: number[] = [];
    const call = request({ host: '127.0.0.1', port: preview.http.port, path, headers: { host: preview.host, cookie: preview.cookie, 'last-event-id': '1000000' } }, (response) => {
      response.on('data', (chunk: Buffer) => {
        if (chunk.toString().includes('data: ')) at.push(Date.now());
        if (at.length < count) return;
        call.destroy();
        resolve(at);
      });
    });
    call.on('error', reject);
    call.end();
  });
  expect((arrivals.at(-1) ?? 0) - (arrivals[0] ?? 0)).toBeGreaterThan(500);
}
