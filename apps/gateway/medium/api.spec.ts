import { type App, appSearch, DomainError, ERROR_CODES, type Problem, type RouteDefinition, routes } from '@osiris/contracts';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Answer, ask, startTestGateway, type TestGateway } from './a-gateway';
import { aBuild, aLaunch, anApp, APP_ID } from './fake-catalog';

const JSON_TYPE = { 'content-type': 'application/json' };
const problemOf = ({ text }: Answer): Problem => JSON.parse(text) as Problem;

/** Reads Fastify's printed tree, whose branches are indented by four characters a level. */
function servedBy(tree: string): { method: string; path: string }[] {
  const prefixes: string[] = [];
  return tree.split('\n').flatMap((line) => {
    const found = /^([│ ]*)[├└]── (\S+)(?: \(([A-Z, ]+)\))?$/.exec(line);
    if (!found) return [];
    const depth = (found[1] ?? '').length / 4;
    const path = (prefixes[depth - 1] ?? '') + (found[2] ?? '');
    prefixes[depth] = path;
    return (found[3] ?? '').split(', ').filter(Boolean).map((method) => ({ method, path }));
  });
}

describe('the API', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    const dist = await mkdtemp(join(tmpdir(), 'osiris-web-'));
    await mkdir(join(dist, 'assets'));
    await writeFile(join(dist, 'index.html'), '<!doctype html>the app');
    await writeFile(join(dist, 'assets', 'app-1a2b3c.js'), 'let a');
    await writeFile(join(dist, 'robots.txt'), 'Disallow: /');
    await writeFile(join(dist, '.secret'), 'no');
    gateway = await startTestGateway({ WEB_DIST: dist, PUBLIC_HOST: 'hub.example.org' });
  }, 30_000);
  afterAll(() => gateway.stop());
  const get = (path: string, headers: Record<string, string> = {}) => ask(gateway.port, path, { headers });
  const post = (path: string, body: string, headers: Record<string, string> = JSON_TYPE) =>
    ask(gateway.port, path, { method: 'POST', headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) }, body });

  it('serves every entry of routes, and no route that is not in it', () => {
    const fastify = (gateway.service.app as NestFastifyApplication).getHttpAdapter().getInstance();
    for (const { method, path } of Object.values(routes) as RouteDefinition[]) {
      expect([path, fastify.hasRoute({ method, url: path })]).toEqual([path, true]);
    }
    const known = new Set(Object.values(routes as Record<string, RouteDefinition>).map(({ method, path }) => `${method} ${path}`));
    const beside = /^(\/docs(\/|$)|\/openapi\.json$|\/objects\/|\/metrics$|\/?\*$)/;
    const routed = servedBy(fastify.printRoutes({ commonPrefix: false })).filter(({ path }) => !beside.test(path));
    expect(routed.length).toBeGreaterThan(20);
    expect(routed.filter(({ method, path }) => method !== 'HEAD' && !known.has(`${method} ${path}`))).toEqual([]);
  });

  it.each([
    ['unparsable JSON', () => post('/apps', '{'), 'INVALID_JSON'],
    ['a poisoned prototype', () => post('/apps', '{"__proto__": {"a": 1}}'), 'INVALID_JSON'],
    ['a body that does not fit', () => post('/launches', '{"appId": "x", "nope": 1}'), 'VALIDATION_FAILED'],
    ['no body at all', () => post('/apps', ''), 'VALIDATION_FAILED'],
    ['a query that does not fit', () => get('/apps?limit=1000'), 'VALIDATION_FAILED'],
    ['an unknown address', () => get('/nothing'), 'NOT_FOUND'],
    ['an id that cannot be one', () => get('/builds/nope'), 'NOT_FOUND'],
    ['a method that is not offered', () => ask(gateway.port, '/apps', { method: 'PUT' }), 'METHOD_NOT_ALLOWED'],
    ['GET of what takes POST alone', () => get('/hooks/github'), 'METHOD_NOT_ALLOWED'],
    ['a body that is too large', () => post('/apps', JSON.stringify({ repoUrl: 'x'.repeat(900_000) })), 'BODY_TOO_LARGE'],
    ['a body that is far too large', () => post('/apps', `"${'x'.repeat(20_000_000)}"`), 'BODY_TOO_LARGE'],
    ['another media type', () => post('/apps', 'a=b', { 'content-type': 'application/x-www-form-urlencoded' }), 'UNSUPPORTED_MEDIA_TYPE'],
    ['text', () => post('/apps', '{}', { 'content-type': 'text/plain' }), 'UNSUPPORTED_MEDIA_TYPE'],
    ['a path that cannot be decoded', () => get('/apps/%E0%A4%A'), 'VALIDATION_FAILED'],
    ['what comes later', () => get('/services/metrics'), 'NOT_IMPLEMENTED'],
    ['events without an upgrade', () => get('/events'), 'UPGRADE_REQUIRED'],
    ['a catalog that fails', () => get(`/apps/${APP_ID}/history?`), 'INTERNAL'],
  ] as const)('answers %s with problem+json', async (_what, request, code) => {
    gateway.catalog.answers.set('catalog.app.history.v1', () => {
      throw new DomainError('INTERNAL', 'secret details');
    });
    const answer = await request();
    const problem = problemOf(answer);
    expect({ status: answer.status, code: problem.code }).toEqual({ status: ERROR_CODES[code].status, code });
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(problem).toMatchObject({ type: `/docs/errors#${code}`, status: answer.status, traceId: expect.stringMatching(/^[0-9a-f]{32}$/) });
    expect(answer.text).not.toContain('secret');
    gateway.catalog.answers.delete('catalog.app.history.v1');
  });

  it('names each place that does not fit, and the methods that are offered', async () => {
    const bad = problemOf(await post('/launches', '{"appId": "x", "nope": 1, "ttlSeconds": 1}'));
    expect(bad.errors?.map(({ path }) => path).sort()).toEqual(['appId', 'nope', 'ttlSeconds']);
    expect((await ask(gateway.port, '/apps', { method: 'PUT' })).headers.allow).toBe('GET, HEAD, POST');
  });

  it.each([
    ['a query of ten thousand letters', `/apps?q=${'x'.repeat(10_000)}`, 'q'],
    ['one in a script of three bytes each', `/apps?q=${encodeURIComponent('検'.repeat(10_000))}`, 'q'],
    ['one to be suggested for', `/tags/suggest?q=${'x'.repeat(10_000)}`, 'q'],
    ['a limit below one', '/apps?limit=-1', 'limit'],
    ['a limit that is no number', '/apps?limit=ten', 'limit'],
    ['an order that does not exist', '/apps?sort=best', 'sort'],
    ['a cursor without end', `/apps?cursor=${'x'.repeat(9_000)}`, 'cursor'],
    ['a limit of related apps', `/apps/${APP_ID}/related?limit=0`, 'limit'],
  ])('refuses %s at the door, and names it', async (_what, path, place) => {
    expect(problemOf(await get(path))).toMatchObject({ status: 400, code: 'VALIDATION_FAILED', errors: [{ path: place, message: expect.any(String) }] });
    // At once: without a question to the catalog.
    expect(gateway.catalog.seen.filter(({ subject }) => subject === appSearch.subject)).toEqual([]);
  });

  it('sends a page of results on as it came, and signs the URL of what runs on it', async () => {
    const page = (latestLaunch: App['latestLaunch']): string => JSON.stringify({ items: [{ ...anApp({ latestLaunch }), highlights: [] }], nextCursor: 'c', total: 1, facets: [], tookMs: 1 });
    const asked = async (text: string, running: boolean): Promise<Answer> => {
      gateway.catalog.answers.set(appSearch.subject, () => ({ page: text, nextCursor: 'c', running }));
      return get('/apps?q=a&limit=1');
    };
    const still = await asked(page(null), false);
    expect([still.text, still.headers['content-type'], still.headers.link]).toEqual([page(null), 'application/json; charset=utf-8', '</apps?q=a&limit=1&cursor=c>; rel="next"']);
    const live = await asked(page(aLaunch('lch_0123456789')), true);
    expect(live.headers['content-type']).toBe('application/json; charset=utf-8');
    expect((JSON.parse(live.text) as { items: App[] }).items[0]?.latestLaunch?.previewUrl).toContain('lch_0123456789.preview.localhost');
    gateway.catalog.answers.delete(appSearch.subject);
  });

  it('shows related apps with the URL of their previews', async () => {
    gateway.catalog.answers.set('catalog.app.related.v1', () => ({ items: [anApp({ latestLaunch: aLaunch('lch_0123456789') }), anApp()] }));
    const answer = await get('/apps/owner%2Fname/related?limit=3');
    expect(gateway.catalog.seen.at(-1)).toMatchObject({ subject: 'catalog.app.related.v1', input: { id: 'owner/name', limit: 3 } });
    const { items } = JSON.parse(answer.text) as { items: { latestLaunch: { previewUrl: string | null } | null }[] };
    expect(items.map(({ latestLaunch }) => latestLaunch?.previewUrl ?? null)).toEqual([expect.stringContaining('lch_0123456789.preview.localhost'), null]);
  });

  it('passes errors of the catalog on, with Retry-After', async () => {
    gateway.catalog.answers.set('catalog.launch.create.v1', () => {
      throw new DomainError('NO_CAPACITY', 'No room', { retryAfterSeconds: 7 });
    });
    const answer = await post('/launches', JSON.stringify({ appId: APP_ID }));
    expect([answer.status, answer.headers['retry-after'], problemOf(answer).detail]).toEqual([503, '7', 'No room']);
  });

  it('carries the trace to the catalog and back', async () => {
    const trace = 'a'.repeat(32);
    const body = JSON.stringify({ appId: APP_ID });
    const answer = await post('/launches', body, { ...JSON_TYPE, traceparent: `00-${trace}-${'b'.repeat(16)}-01`, 'idempotency-key': 'k1' });
    expect(answer.headers['x-request-id']).toBe(trace);
    expect(answer.headers['traceresponse']).toMatch(new RegExp(`^00-${trace}-(?!b{16})[0-9a-f]{16}-01$`));
    const seen = gateway.catalog.seen.at(-1);
    expect(seen?.traceparent).toBe(answer.headers['traceresponse']);
    expect(seen?.input).toEqual({ appId: APP_ID, ttlSeconds: 1800, profile: 'small', wait: false, idempotencyKey: 'k1' });
  });

  it('hands the key of every POST to the catalog', async () => {
    gateway.catalog.answers.set('catalog.launch.extend.v1', () => aLaunch('lch_0123456789'));
    gateway.catalog.answers.set('catalog.build.cancel.v1', () => aBuild('bld_0123456789'));
    expect((await post('/launches/lch_0123456789/extend', '{"ttlSeconds":600}', { ...JSON_TYPE, 'idempotency-key': 'k2' })).status).toBe(200);
    expect(gateway.catalog.seen.at(-1)?.input).toEqual({ id: 'lch_0123456789', ttlSeconds: 600, idempotencyKey: 'k2' });
    expect((await post('/builds/bld_0123456789/cancel', '', { 'idempotency-key': 'k3' })).status).toBe(202);
    expect(gateway.catalog.seen.at(-1)?.input).toEqual({ id: 'bld_0123456789', idempotencyKey: 'k3' });
    expect((await post('/builds/bld_0123456789/cancel', '', { 'idempotency-key': 'k'.repeat(201) })).status).toBe(400);
  });

  it('takes a slug, percent-encoded and longer than a hundred characters', async () => {
    const name = `owner/${'n'.repeat(150)}`;
    await get(`/apps/${encodeURIComponent(name)}`);
    expect(gateway.catalog.seen.at(-1)).toMatchObject({ subject: 'catalog.app.get.v1', input: { id: name } });
  });

  it('answers 304 where nothing has changed', async () => {
    gateway.catalog.builds.set('bld_0123456789', aBuild('bld_0123456789'));
    const first = await get('/builds/bld_0123456789');
    const etag = first.headers.etag ?? '';
    expect([first.status, first.headers['content-type']]).toEqual([200, 'application/json; charset=utf-8']);
    const again = await get('/builds/bld_0123456789', { 'if-none-match': `"other", ${etag}` });
    expect([again.status, again.text]).toEqual([304, '']);
  });

  it('signs the preview URL of what runs, and links the next page', async () => {
    const running = aLaunch('lch_0123456789');
    gateway.catalog.answers.set('catalog.launch.list.v1', () => ({ items: [running, aLaunch('lch_0123456780', { status: 'starting' })], nextCursor: 'c/2' }));
    const answer = await get('/launches?status=running&limit=2');
    const { items } = JSON.parse(answer.text) as { items: { previewUrl: string | null }[] };
    expect(items[0]?.previewUrl).toMatch(new RegExp(`^http://lch_0123456789\\.preview\\.localhost:${gateway.port}/\\?__osiris_token=ey`));
    expect(items[1]?.previewUrl).toBeNull();
    expect(answer.headers.link).toBe('</launches?status=running&limit=2&cursor=c%2F2>; rel="next"');
  });

  it('accepts only its own names, and changes only from its own pages', async () => {
    const own = `127.0.0.1:${gateway.port}`;
    expect((await get('/openapi.json', { host: 'evil.example' })).status).toBe(403);
    expect((await get('/openapi.json', { host: 'hub.example.org' })).status).toBe(200);
    expect((await get('/openapi.json', { host: `[::1]:${gateway.port}` })).status).toBe(200);
    expect((await get('/openapi.json', { origin: 'http://evil.example' })).headers['access-control-allow-origin']).toBeUndefined();
    const change = (origin: string) => post('/apps', '{}', { ...JSON_TYPE, origin });
    expect((await change(`http://${own}`)).status).toBe(400);
    expect((await change('http://evil.example')).status).toBe(403);
    expect((await change(`http://lch_0123456789.preview.localhost:${gateway.port}`)).status).toBe(403);
    expect((await change('null')).status).toBe(403);
    expect((await post('/apps', '{}', { ...JSON_TYPE, 'x-forwarded-for': '10.0.0.1' })).status).toBe(403);
  });

  it('serves the web app at its addresses, its files cached by their names', async () => {
    for (const path of ['/', '/register', '/operations', '/watch/owner%2Fname', '/watch/owner/name?tab=log']) {
      const page = await get(path);
      expect([path, page.status, page.text, page.headers['cache-control']]).toEqual([path, 200, '<!doctype html>the app', 'no-cache']);
      expect(page.headers['content-security-policy']).toContain(`frame-src http://*.preview.localhost:${gateway.port};`);
    }
    expect((await get('/assets/app-1a2b3c.js')).headers['cache-control']).toContain('immutable');
    expect((await get('/robots.txt')).text).toBe('Disallow: /');
    for (const path of ['/.secret', '/assets/../.secret', '/..%2f..%2fetc/passwd', '/assets/none.js', '/assets']) {
      expect([path, (await get(path)).status]).toEqual([path, 404]);
    }
  });

  it('tells people in the page that an address leads nowhere, and programs in a problem', async () => {
    const page = await get('/nope/nope', { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' });
    expect([page.status, page.text]).toEqual([404, '<!doctype html>the app']);
    expect(page.headers['content-security-policy']).toContain("default-src 'none'");
    expect(problemOf(await get('/nope/nope', { accept: '*/*' })).code).toBe('NOT_FOUND');
  });

  it('serves its documentation from its own files', async () => {
    for (const path of ['/docs', '/docs/start.js', '/docs/swagger-ui.css', '/docs/swagger-ui-bundle.js', '/docs/errors']) {
      expect([path, (await get(path)).status]).toEqual([path, 200]);
    }
    expect((JSON.parse((await get('/openapi.json')).text) as { openapi: string }).openapi).toBe('3.1.0');
  });

  it('says in /readyz which parts do not answer', async () => {
    const answer = await get('/readyz');
    const { dependencies } = JSON.parse(answer.text) as { dependencies: Record<string, { status: string }> };
    expect(answer.status).toBe(503);
    expect(dependencies).toMatchObject({ nats: { status: 'up' }, catalog: { status: 'down' }, runner: { status: 'waiting' } });
    expect((await get('/healthz')).status).toBe(200);
  });
});
