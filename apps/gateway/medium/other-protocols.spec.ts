import { once } from 'node:events';
import { Agent, createServer, type IncomingMessage, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { PREVIEWS_BUCKET } from '@osiris/contracts';
import { connect } from 'nats';
import { PreviewTokens } from '../src/previews/preview-token';
import { startTestGateway, type TestGateway } from './a-gateway';
import { aLaunch, APP_ID } from './fake-catalog';

const LAUNCH = 'lch_otherprotocol';
const OFFER = { connection: 'Upgrade, HTTP2-Settings', upgrade: 'h2c', 'http2-settings': 'AAMAAABkAAQAoAAAAAIAAAAA' };
const PIECE = 'x'.repeat(64 * 1024);

/** What `curl --http2` sends to an `http:` address. */
describe('a request that offers HTTP/2', () => {
  let gateway: TestGateway;
  let app: Server;
  let agent: Agent;

  beforeAll(async () => {
    gateway = await startTestGateway();
    app = createServer((incoming, response) => {
      void text(incoming).then((body) => response.end(JSON.stringify({ method: incoming.method, bytes: body.length, headers: incoming.headers })));
    });
    await once(app.listen(0, '127.0.0.1'), 'listening');
    const nats = await connect({ servers: gateway.nats.url });
    const kv = await nats.jetstream().views.kv(PREVIEWS_BUCKET, { history: 1 });
    const expiresAt = new Date(Date.now() + 60_000).toISOString();
    await kv.put(LAUNCH, JSON.stringify({ launchId: LAUNCH, appId: APP_ID, host: '127.0.0.1', port: (app.address() as AddressInfo).port, expiresAt }));
    await nats.close();
    agent = new Agent({ keepAlive: true, maxSockets: 1 });
  }, 30_000);
  afterAll(async () => {
    agent.destroy();
    await gateway.stop();
    app.closeAllConnections();
    app.close();
  });

  /** The body goes in pieces, so that its end comes long after its head. */
  async function send(path: string, method: string, headers: Record<string, string>, pieces: readonly string[] = []) {
    const outgoing = request({ host: '127.0.0.1', port: gateway.port, path, method, headers, agent });
    const answered = once(outgoing, 'response') as Promise<[IncomingMessage]>;
    for (const piece of pieces) {
      outgoing.write(piece);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    outgoing.end();
    const [response] = await answered;
    return { status: response.statusCode, body: await text(response), reused: outgoing.reusedSocket };
  }

  it('is answered by the API in HTTP/1.1, and the connection goes on', async () => {
    const keepAlive = { ...OFFER, connection: 'keep-alive, Upgrade, HTTP2-Settings' };
    expect((await send('/healthz', 'GET', keepAlive)).status).toBe(200);
    expect(await send('/healthz', 'GET', keepAlive)).toMatchObject({ status: 200, reused: true });
    expect(await send('/healthz', 'GET', {})).toMatchObject({ status: 200, reused: true });
  });

  it('loses nothing of its body', async () => {
    gateway.catalog.answers.set('catalog.launch.create.v1', () => aLaunch('lch_0123456789abc'));
    const body = JSON.stringify({ appId: APP_ID, env: Object.fromEntries(Array.from({ length: 8 }, (_, at) => [`V${at}`, PIECE.slice(0, 32_000)])) });
    const pieces = body.match(/.{1,65536}/g) ?? [];
    const answer = await send('/launches', 'POST', { ...OFFER, 'content-type': 'application/json' }, pieces);
    expect(answer.status).toBe(202);
    expect(JSON.stringify(gateway.catalog.seen.at(-1)?.input)).toContain(`"V7":"${PIECE.slice(0, 32_000)}"`);
  });

  it('reaches a preview, whole and without the offer', async () => {
    const cookie = `__Host-osiris-preview=${new PreviewTokens(['a-signing-key-of-the-tests-32-long']).sign({ launchId: LAUNCH, exp: Date.now(), use: 'cookie' })}`;
    const answer = await send('/echo', 'POST', { ...OFFER, host: `${LAUNCH}.preview.localhost`, cookie }, [PIECE, PIECE, PIECE]);
    expect(answer.status).toBe(200);
    const seen = JSON.parse(answer.body) as { method: string; bytes: number; headers: Record<string, string> };
    expect(seen).toMatchObject({ method: 'POST', bytes: 3 * PIECE.length });
    expect(seen.headers).not.toHaveProperty('upgrade');
    expect(seen.headers).not.toHaveProperty('http2-settings');
  });

  it.each(['h2c', 'TLS/1.0'])('is no way to the events by the offer of %s', async (upgrade) => {
    expect((await send('/events', 'GET', { connection: 'upgrade', upgrade })).status).toBe(426);
  });
});
