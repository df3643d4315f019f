import { expect, test } from '@playwright/test';
import type { App, SearchAppsResult } from '@osiris/contracts';
import { EventClient } from '../client/event-client';
import { eventually, type Problem } from '../client/hub-client';
import { sharedHub } from '../hub/shared-hub';
import { staticApp } from '../repositories/fixtures';

const { facts, api } = sharedHub();
const problemType = /^application\/problem\+json/;

test('errors are problem+json with a code and a trace', async () => {
  const missing = await api.get<Problem>('/apps/app_00000000000000000000000000');
  expect(missing.status).toBe(404);
  expect(missing.headers['content-type']).toMatch(problemType);
  expect(missing.body).toMatchObject({ status: 404, code: 'NOT_FOUND', title: expect.any(String), detail: expect.any(String) });
  expect(missing.body.traceId).toMatch(/^[0-9a-f]{32}$/);
});

test('a traceparent is taken up and answered', async () => {
  const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
  const answer = await api.get<Problem>('/apps/app_00000000000000000000000000', { traceparent: `00-${traceId}-00f067aa0ba902b7-01` });
  expect(answer.body.traceId).toBe(traceId);
  expect(String(answer.headers.traceresponse ?? answer.headers['x-request-id'])).toContain(traceId);
});

test('the wrong method, media type and path are told apart', async () => {
  expect((await api.send<Problem>('PUT', '/apps')).body?.code ?? '').toMatch(/METHOD_NOT_ALLOWED|NOT_FOUND/);
  const text = await api.send<Problem>('POST', '/apps', { raw: 'repoUrl=x', headers: { 'content-type': 'text/plain' } });
  expect(text.status).toBe(415);
  expect(text.body.code).toBe('UNSUPPORTED_MEDIA_TYPE');
  const huge = await api.send<Problem>('POST', '/apps', { raw: JSON.stringify({ repoUrl: 'x'.repeat(3_000_000) }) });
  expect(huge.status).toBe(413);
  expect(huge.body.code).toBe('BODY_TOO_LARGE');
});

test('an Idempotency-Key makes a POST safe to repeat', async () => {
  const { url } = staticApp(facts.repositories, 'e2e/twice', { title: 'Twice', about: 'Registered by an impatient client.' });
  const other = staticApp(facts.repositories, 'e2e/twice-other', { title: 'Other', about: 'Another one.' });
  const headers = { 'idempotency-key': `e2e-${facts.port}` };
  const first = await api.post<App>('/apps', { repoUrl: url }, headers);
  const again = await api.post<App>('/apps', { repoUrl: url }, headers);
  expect(first.status).toBe(201);
  expect(again.body.id).toBe(first.body.id);
  const misused = await api.post<Problem>('/apps', { repoUrl: other.url }, headers);
  expect(misused.body.code).toBe('IDEMPOTENCY_KEY_REUSED');
  await api.built(first.body.id);
  const launches = await Promise.all([1, 2, 3].map(() => api.post<{ id: string }>('/launches', { appId: first.body.id }, { 'idempotency-key': `launch-${facts.port}` })));
  expect(new Set(launches.map(({ body }) => body.id)).size).toBe(1);
  await api.launched(launches[0]?.body.id ?? '');
  await api.send('DELETE', `/launches/${launches[0]?.body.id}`);
});

test('GET of one thing answers 304 to its own ETag', async () => {
  const app = await api.register(staticApp(facts.repositories, 'e2e/etag', { title: 'Etag', about: 'Seldom changes.' }).url);
  await api.built(app.id);
  const first = await eventually(() => api.get<App>(`/apps/${app.id}`), ({ body }) => body.latestBuild?.status === 'succeeded', 'the build');
  expect(first.headers.etag).toBeTruthy();
  const second = await api.get(`/apps/${app.id}`, { 'if-none-match': String(first.headers.etag) });
  expect(second.status).toBe(304);
  expect(second.text).toBe('');
});

test('lists come in pages that neither repeat nor lose anything', async () => {
  const slugs = ['alpha', 'beta', 'gamma', 'delta', 'epsilon'].map((name) => `e2e-pages/${name}`);
  for (const slug of slugs) await api.register(staticApp(facts.repositories, slug, { title: slug, about: 'One of five.', tags: { set: 'pages' } }).url);
  await eventually(() => api.get<SearchAppsResult>('/apps?q=set:pages&limit=100'), ({ body }) => body.total === slugs.length, 'all five', 60_000);
  const seen: string[] = [];
  let path: string | null = '/apps?q=set:pages&limit=2&sort=name';
  while (path) {
    const page: { body: SearchAppsResult; headers: Record<string, unknown> } = await api.get<SearchAppsResult>(path);
    expect(page.body.items.length).toBeLessThanOrEqual(2);
    expect(page.body.total).toBe(slugs.length);
    seen.push(...page.body.items.map(({ slug }) => slug));
    if (page.body.nextCursor) expect(String(page.headers.link)).toContain('rel="next"');
    path = page.body.nextCursor ? `/apps?q=set:pages&limit=2&sort=name&cursor=${encodeURIComponent(page.body.nextCursor)}` : null;
  }
  expect(seen.sort()).toEqual([...slugs].sort());
  const bad = await api.get<Problem>('/apps?cursor=nonsense');
  expect(bad.body.code).toBe('CURSOR_INVALID');
  expect((await api.get<Problem>('/apps?limit=1000')).body.code).toBe('VALIDATION_FAILED');
});

test('what a curator sets survives the next ingestion', async () => {
  const repository = staticApp(facts.repositories, 'e2e/curated', { title: 'Plain Name', about: 'Plain words.', tags: { topic: 'sea' } });
  const app = await api.register(repository.url);
  await api.built(app.id);
  const changed = await api.send<App>('PATCH', `/apps/${app.id}`, { json: { name: 'A Better Name', tags: ['picked:yes'] } });
  expect(changed.status).toBe(200);
  repository.commit({ 'README.md': '# Newer Name\n\nNewer words.\n' }, 'second');
  expect((await api.post(`/apps/${app.id}/retry`)).status).toBe(202);
  const again = await eventually(() => api.app(app.id), (now) => now.commitSha === repository.head && now.ingestStatus === 'ready', 'the second ingestion');
  expect(again.name).toBe('A Better Name');
  expect(again.tags).toContainEqual(expect.objectContaining({ key: 'picked', value: 'yes', source: 'manual' }));
  const build = await eventually(() => api.app(app.id), (now) => now.latestBuild?.commitSha === repository.head && now.latestBuild.status === 'succeeded', 'a build of the new commit', 60_000);
  expect(build.latestBuild?.error).toBeNull();
});

test('what a later release brings says so', async () => {
  for (const [method, path] of [
    ['POST', '/services'],
    ['GET', '/services/metrics?window=24h'],
  ] as const) {
    const answer = await api.send<Problem>(method, path, method === 'POST' ? { json: {} } : {});
    expect(answer.status, `${method} ${path}`).toBe(501);
    expect(answer.body.code).toBe('NOT_IMPLEMENTED');
    expect(answer.headers['content-type']).toMatch(problemType);
  }
});

test('tells of apps like this one, and of none that is not there', async () => {
  const app = await api.register(staticApp(facts.repositories, 'e2e/related', { title: 'Related', about: 'Has relations.' }).url);
  const related = await api.get<{ items: { id: string }[] }>(`/apps/${app.id}/related`);
  expect(related.status).toBe(200);
  expect(related.body.items.map(({ id }) => id)).not.toContain(app.id);
  const nobody = await api.get<Problem>('/apps/app_00000000000000000000000000/related');
  expect([nobody.status, nobody.body.code]).toEqual([404, 'NOT_FOUND']);
});

test('documents itself and tells its health', async () => {
  const spec = await api.get<{ openapi: string; paths: Record<string, unknown> }>('/openapi.json');
  expect(spec.body.openapi).toMatch(/^3\./);
  expect(Object.keys(spec.body.paths)).toEqual(expect.arrayContaining(['/apps', '/apps/{id}', '/launches', '/builds/{id}/log']));
  expect((await api.get('/docs')).status).toBeLessThan(400);
  expect((await api.get('/healthz')).status).toBe(200);
  const ready = await api.get<{ status: string; dependencies: Record<string, { status: string }> }>('/readyz');
  expect(ready.status).toBe(200);
  expect(Object.keys(ready.body.dependencies).length).toBeGreaterThan(1);
  expect((await api.get('/metrics')).text).toContain('# TYPE');
  const services = await api.get<{ items: { slug: string; status: string }[] }>('/services');
  expect(services.body.items.map(({ slug }) => slug).sort()).toEqual(['artifact', 'build', 'catalog', 'gateway', 'ingestion', 'runner']);
  for (const [service, offset] of Object.entries({ catalog: 101, ingestion: 102, build: 103, artifact: 104, runner: 105 })) {
    const own = await fetch(`http://127.0.0.1:${facts.port + offset}/readyz`);
    expect(await own.json(), service).toMatchObject({ service });
  }
});

test('a resume from before what is kept, or after the end, is told', async () => {
  const ahead = await EventClient.connect(facts.port, { after: '999999999' });
  await ahead.next((event) => (event.type as string) === 'events.reset', 'events.reset', 10_000);
  await ahead.close();
  await expect(EventClient.connect(facts.port, { after: 'yesterday' })).rejects.toThrow(/400/);
});
