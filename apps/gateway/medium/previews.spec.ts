import { launchActivity, PREVIEWS_BUCKET } from '@osiris/contracts';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connect, type NatsConnection } from 'nats';
import WebSocket, { WebSocketServer } from 'ws';
import { PreviewActivity } from '../src/previews/preview-activity.service';
import { PreviewTokens } from '../src/previews/preview-token';
import { type Answer, ask, eventually, startTestGateway, type TestGateway } from './a-gateway';
import { aLaunch, APP_ID } from './fake-catalog';

const LAUNCH = 'lch_0123456789abc';
const MIB = 1024 * 1024;
const tokens = new PreviewTokens(['a-signing-key-of-the-tests-32-long']);
const inAnHour = () => Math.floor(Date.now() / 1000) + 3600;

describe('the preview proxy', () => {
  let gateway: TestGateway;
  let nats: NatsConnection;
  let app: Server;
  let handle: (request: IncomingMessage, response: ServerResponse) => void;
  let host: string;
  let cookie: string;

  const put = async (launchId: string, port: number, expiresInMs = 3_600_000): Promise<void> => {
    const kv = await nats.jetstream().views.kv(PREVIEWS_BUCKET, { history: 1 });
    await kv.put(launchId, JSON.stringify({ launchId, appId: APP_ID, host: '127.0.0.1', port, expiresAt: new Date(Date.now() + expiresInMs).toISOString() }));
  };
  const remove = async (launchId: string): Promise<void> => (await nats.jetstream().views.kv(PREVIEWS_BUCKET)).delete(launchId);
  const appPort = (): number => (app.address() as AddressInfo).port;
  const visit = (path: string, options: Parameters<typeof ask>[2] = {}): Promise<Answer> =>
    ask(gateway.port, path, { ...options, headers: { host, cookie, ...(options.headers as Record<string, string>) } });

  beforeAll(async () => {
    gateway = await startTestGateway();
    host = `${LAUNCH}.preview.localhost:${gateway.port}`;
    nats = await connect({ servers: gateway.nats.url, maxReconnectAttempts: -1, reconnectTimeWait: 100 });
    app = createServer((incoming, response) => handle(incoming, response));
    app.listen(0, '127.0.0.1');
    await once(app, 'listening');
    await put(LAUNCH, appPort());
    cookie = `__Host-osiris-preview=${tokens.sign({ launchId: LAUNCH, exp: inAnHour(), use: 'cookie' })}`;
  }, 30_000);
  afterAll(async () => {
    await gateway.stop();
    await nats.close();
    app.closeAllConnections();
    app.close();
  });
  beforeEach(() => {
    handle = (incoming, response) => response.end(JSON.stringify({ url: incoming.url, method: incoming.method, headers: incoming.headers }));
  });

  it('turns the signed URL into a cookie and a clean address', async () => {
    const token = tokens.sign({ launchId: LAUNCH, exp: inAnHour(), use: 'url' });
    const entry = await ask(gateway.port, `/a%2fB/?x=1&__osiris_token=${token}&y=%20`, { headers: { host } });
    expect([entry.status, entry.headers.location]).toEqual([303, '/a%2fB/?x=1&y=%20']);
    const [given = ''] = entry.headers['set-cookie'] ?? [];
    expect(given).toMatch(/^__Host-osiris-preview=[^;]+; Path=\/; Max-Age=\d+; Secure; HttpOnly; SameSite=None; Partitioned$/);
    const page = await ask(gateway.port, '/a%2fB/?x=1&y=%20', { headers: { host, cookie: `mine=1; ${given.split(';')[0]}; other=2` } });
    const seen = JSON.parse(page.text) as { url: string; headers: Record<string, string> };
    expect(seen.url).toBe('/a%2fB/?x=1&y=%20');
    expect(seen.headers).toMatchObject({ host, cookie: 'mine=1; other=2', 'x-forwarded-for': '127.0.0.1', 'x-forwarded-host': host, 'x-forwarded-proto': 'http' });
    expect(page.headers['x-robots-tag']).toBe('noindex');
  });

  it.each([
    ['nothing', '/', {}],
    ['another launch’s token', () => `/?__osiris_token=${tokens.sign({ launchId: 'lch_other012345', exp: inAnHour(), use: 'url' })}`, {}],
    ['an expired token', () => `/?__osiris_token=${tokens.sign({ launchId: LAUNCH, exp: 1, use: 'url' })}`, {}],
    ['a forged token', () => `/?__osiris_token=${new PreviewTokens(['another-key-altogether']).sign({ launchId: LAUNCH, exp: inAnHour(), use: 'url' })}`, {}],
    ['a cookie’s token in the URL', () => `/?__osiris_token=${tokens.sign({ launchId: LAUNCH, exp: inAnHour(), use: 'cookie' })}`, {}],
    ['a URL’s token in the cookie', '/', () => ({ cookie: `__Host-osiris-preview=${tokens.sign({ launchId: LAUNCH, exp: inAnHour(), use: 'url' })}` })],
  ])('does not let in who brings %s', async (_what, path, headers) => {
    handle = () => {
      throw new Error('The app was asked');
    };
    const more = typeof headers === 'function' ? headers() : headers;
    const answer = await ask(gateway.port, typeof path === 'function' ? path() : path, { headers: { host, ...more } });
    expect([answer.status, answer.headers['content-type']]).toEqual([403, 'text/html; charset=utf-8']);
    expect(answer.text).toContain(`href="http://localhost:${gateway.port}/"`);
  });

  it('keeps cookies of the app to its own host, and the app in its frame', async () => {
    handle = (_incoming, response) => {
      response.setHeader('Set-Cookie', ['a=1; Domain=preview.localhost; Path=/; HttpOnly', `c=3; Domain=${host.split(':')[0]}; Path=/`, '__Host-osiris-preview=stolen; Path=/; Secure', 'b=2']);
      response.setHeader('X-Frame-Options', 'DENY');
      response.setHeader('Content-Security-Policy', "default-src 'self'; frame-ancestors 'none'; img-src *");
      response.end('ok');
    };
    const { headers } = await visit('/');
    expect(headers['set-cookie']).toEqual(['c=3; Path=/', 'b=2']);
    expect(headers['x-frame-options']).toBeUndefined();
    expect(headers['content-security-policy']).toBe("default-src 'self'; img-src *");
  });

  it('passes events on as they come, and ends upstream when the client goes', async () => {
    const closed = new Promise<void>((resolve) => {
      handle = (incoming, response) => {
        incoming.socket.once('close', () => resolve());
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        response.flushHeaders();
        setTimeout(() => response.write('data: one\n\n'), 100);
      };
    });
    const client = request({ host: '127.0.0.1', port: gateway.port, path: '/events', headers: { host, cookie }, agent: false });
    client.end();
    const [response] = (await once(client, 'response')) as [IncomingMessage];
    expect(response.headers['content-type']).toBe('text/event-stream');
    const [first] = (await once(response, 'data')) as [Buffer];
    expect(first.toString()).toBe('data: one\n\n');
    client.destroy();
    await closed;
  });

  it('tells the catalog of use: requests that ended, and event streams as long as they are open', async () => {
    const told: string[][] = [];
    gateway.catalog.answers.set(launchActivity.subject, (input) => {
      told.push((input as { items: { launchId: string }[] }).items.map(({ launchId }) => launchId));
      return {};
    });
    const activity = gateway.service.app.get(PreviewActivity);
    await activity.report();
    handle = (_incoming, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.flushHeaders();
    };
    const client = request({ host: '127.0.0.1', port: gateway.port, path: '/events', headers: { host, cookie }, agent: false });
    client.end();
    await once(client, 'response');
    told.length = 0;
    await activity.report();
    await activity.report();
    expect(told).toEqual([[LAUNCH], [LAUNCH]]);
    client.destroy();
    // Its end is use, too; then there is none.
    await eventually(() => {
      void activity.report();
      return told.length >= 3;
    }, 'a report of its end');
    await new Promise((resolve) => setTimeout(resolve, 100));
    await activity.report();
    const after = told.length;
    await activity.report();
    expect(told).toHaveLength(after);
  });

  it('takes uploads and downloads of any size in bounded memory', async () => {
    let received = 0;
    handle = (incoming, response) => {
      incoming.on('data', (part: Buffer) => (received += part.length));
      incoming.on('end', () => {
        response.writeHead(200);
        let left = 256;
        const block = randomBytes(MIB);
        const write = (): void => {
          while (left > 0) {
            left -= 1;
            if (!response.write(block)) return void response.once('drain', write);
          }
          response.end();
        };
        write();
      });
    };
    const before = process.memoryUsage().rss;
    let peak = before;
    const sampling = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 20);
    const client = request({ host: '127.0.0.1', port: gateway.port, path: '/', method: 'POST', headers: { host, cookie }, agent: false });
    const block = randomBytes(MIB);
    for (let sent = 0; sent < 256; sent++) if (!client.write(block)) await once(client, 'drain');
    client.end();
    const [response] = (await once(client, 'response')) as [IncomingMessage];
    let downloaded = 0;
    for await (const part of response) downloaded += (part as Buffer).length;
    clearInterval(sampling);
    expect([received, downloaded]).toEqual([256 * MIB, 256 * MIB]);
    expect((peak - before) / MIB).toBeLessThan(150);
  }, 60_000);

  it('passes a WebSocket through, both ways, and refuses one without the cookie', async () => {
    const server = new WebSocketServer({ server: app });
    server.on('connection', (socket, incoming) => socket.on('message', (data) => socket.send(`${incoming.headers.cookie ?? '-'}:${String(data)}`)));
    const open = new WebSocket(`ws://127.0.0.1:${gateway.port}/chat`, ['v1'], { headers: { host, cookie } });
    await once(open, 'open');
    open.send('hello');
    const [answer] = (await once(open, 'message')) as [Buffer];
    expect(answer.toString()).toBe('-:hello');
    const closedUpstream = once([...server.clients][0] as WebSocket, 'close');
    open.terminate();
    await closedUpstream;
    server.close();
    const refused = new WebSocket(`ws://127.0.0.1:${gateway.port}/chat`, { headers: { host } });
    const [error] = (await once(refused, 'error')) as [Error];
    expect(error.message).toContain('403');
  });

  it('answers what the app answers to an upgrade it does not want', async () => {
    handle = (_incoming, response) => response.writeHead(418).end('teapot');
    const refused = new WebSocket(`ws://127.0.0.1:${gateway.port}/chat`, { headers: { host, cookie } });
    const [error] = (await once(refused, 'error')) as [Error];
    expect(error.message).toContain('418');
  });

  it('says why there is nothing to see', async () => {
    const at = (launchId: string) => ask(gateway.port, '/', { headers: { host: `${launchId}.preview.localhost:${gateway.port}` } });
    gateway.catalog.launches.set('lch_stopped012345', aLaunch('lch_stopped012345', { status: 'stopped' }));
    gateway.catalog.launches.set('lch_starting01234', aLaunch('lch_starting01234', { status: 'starting' }));
    expect(await at('lch_stopped012345')).toMatchObject({ status: 410, text: expect.stringMatching(/This preview has stopped[^]*\/watch\/app_[0-9a-z]+#launch" target="_top">Launch again/) });
    expect(await at('lch_starting01234')).toMatchObject({ status: 503, text: expect.stringContaining('http-equiv="refresh"') });
    expect((await at('lch_nobodyknows01')).status).toBe(404);
    expect((await at('not-a-launch')).status).toBe(404);
    const gone = 'lch_gone0123456';
    await put(gone, 1);
    const own = `__Host-osiris-preview=${tokens.sign({ launchId: gone, exp: inAnHour(), use: 'cookie' })}`;
    const dead = await ask(gateway.port, '/', { headers: { host: `${gone}.preview.localhost`, cookie: own } });
    expect([dead.status, dead.headers['content-type']]).toEqual([502, 'text/html; charset=utf-8']);
  });

  it('lets nobody in once the time is up, also where nobody has ended the launch', async () => {
    const visitOf = async (launchId: string) => {
      const own = `__Host-osiris-preview=${tokens.sign({ launchId, exp: inAnHour(), use: 'cookie' })}`;
      return (await ask(gateway.port, '/', { headers: { host: `${launchId}.preview.localhost`, cookie: own } })).status;
    };
    gateway.catalog.launches.set('lch_overdue012345', aLaunch('lch_overdue012345', { status: 'stopping' }));
    await put('lch_overdue012345', appPort(), -20_000);
    expect(await visitOf('lch_overdue012345')).toBe(410);
    // An extension may still be on its way.
    await put('lch_lately0123456', appPort(), -5_000);
    expect(await visitOf('lch_lately0123456')).toBe(200);
  });

  it('finds a route in the moment it is there, and forgets it when it is gone', async () => {
    for (let number = 0; number < 20; number++) {
      const launchId = `lch_fresh00000${String(number).padStart(2, '0')}`;
      const own = `__Host-osiris-preview=${tokens.sign({ launchId, exp: inAnHour(), use: 'cookie' })}`;
      await put(launchId, appPort());
      expect((await ask(gateway.port, '/', { headers: { host: `${launchId}.preview.localhost`, cookie: own } })).status).toBe(200);
    }
    await remove('lch_fresh0000000');
    const own = `__Host-osiris-preview=${tokens.sign({ launchId: 'lch_fresh0000000', exp: inAnHour(), use: 'cookie' })}`;
    const status = async () => (await ask(gateway.port, '/', { headers: { host: 'lch_fresh0000000.preview.localhost', cookie: own } })).status;
    let seen = await status();
    for (let tries = 0; seen === 200 && tries < 50; tries++) seen = await status();
    expect(seen).toBe(404);
  });

  it('goes on serving while NATS comes back empty, and follows the new routes', async () => {
    await gateway.nats.restartEmpty();
    expect((await visit('/')).status).toBe(200);
    const fresh = 'lch_afterwards01';
    await eventually(() => (nats.isClosed() ? false : true), 'connection');
    let stored = false;
    for (let tries = 0; !stored && tries < 40; tries++) {
      stored = await put(fresh, appPort()).then(() => true, () => new Promise<boolean>((resolve) => setTimeout(() => resolve(false), 100)));
    }
    const own = `__Host-osiris-preview=${tokens.sign({ launchId: fresh, exp: inAnHour(), use: 'cookie' })}`;
    expect((await ask(gateway.port, '/', { headers: { host: `${fresh}.preview.localhost`, cookie: own } })).status).toBe(200);
    expect((await visit('/')).status).toBe(200);
  }, 30_000);
});
