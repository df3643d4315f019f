import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startTestGateway, type TestGateway } from './a-gateway';

const GIF = Buffer.from('R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==', 'base64');

describe('a stored picture', () => {
  let gateway: TestGateway;
  let store: Server;
  let away = false;

  beforeAll(async () => {
    gateway = await startTestGateway();
    // The type that the store itself tells is not asked for.
    store = createServer((_request, response) => (away ? response.writeHead(503).end() : response.setHeader('content-type', 'text/html').end(GIF)));
    store.listen(0, '127.0.0.1');
    await once(store, 'listening');
    gateway.catalog.artifacts.set('pic_0123456789', `http://127.0.0.1:${(store.address() as AddressInfo).port}/object`);
    gateway.catalog.pictureBytes = GIF.length;
  }, 30_000);
  afterAll(async () => {
    await gateway.stop();
    store.close();
  });
  beforeEach(() => {
    away = false;
  });
  const get = () => fetch(`${gateway.url}/pictures/art_0123456789`, { redirect: 'manual' });

  it('comes from the hub itself, as a picture and nothing else, and may be kept by the browser', async () => {
    gateway.catalog.pictureType = 'image/gif';
    const answer = await get();
    expect(answer.status).toBe(200);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'image/gif', 'content-length': String(GIF.length), 'x-content-type-options': 'nosniff', 'content-disposition': 'inline', 'cache-control': expect.stringContaining('immutable'),
    });
    expect(answer.headers.get('content-security-policy')).toMatch(/default-src 'none'.*sandbox/);
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(GIF);
  });

  it.each(['image/svg+xml', 'text/html', 'image/png; charset=utf-8'])('of the type %s is not shown', async (type) => {
    gateway.catalog.pictureType = type;
    const answer = await get();
    await answer.body?.cancel();
    expect(answer.headers.get('content-type')).toBe('application/octet-stream');
  });

  it('says so where the store is away', async () => {
    away = true;
    const answer = await get();
    expect(answer.status).toBe(503);
    expect(await answer.json()).toMatchObject({ code: 'STORE_UNAVAILABLE' });
  });
});
