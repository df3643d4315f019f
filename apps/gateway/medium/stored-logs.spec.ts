import { artifactLog, buildLogSubject, appGet, type LogChunk, type LogLine } from '@osiris/contracts';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { connect, type NatsConnection } from 'nats';
import { ask, eventually, startTestGateway, type TestGateway } from './a-gateway';
import { aBuild, anApp, APP_ID, artifactIdOf } from './fake-catalog';

const LINES: LogLine[] = Array.from({ length: 500 }, (_, index) => ({
  seq: index + 1, at: '2026-01-01T00:00:00.000Z', stream: index % 3 === 0 ? 'stderr' : 'stdout', step: '[2/4] RUN npm ci', stepId: 3, text: `line ${index + 1} \u001b[32mgrün\u001b[0m`,
}));
const textOf = (lines: LogLine[]) => lines.map(({ text }) => `${text}\n`).join('');
const ndjsonOf = (lines: LogLine[]) => lines.map((line) => `${JSON.stringify(line)}\n`).join('');

describe('stored logs', () => {
  let gateway: TestGateway;
  let nats: NatsConnection;
  let store: Server;
  /** Stored objects by path: compressed ones say so, as the artifact service and an S3 store do. */
  const objects = new Map<string, { bytes: Buffer; gzip: boolean }>();
  let count = 0;
  const nextBuild = () => `bld_0storedlog${String((count += 1)).padStart(3, '0')}`;
  const logs = new Map<string, { artifactId: string | null; linesArtifactId?: string | null; ofBuildId?: string | null }>();

  beforeAll(async () => {
    gateway = await startTestGateway();
    nats = await connect({ servers: gateway.nats.url });
    store = createServer((request, response) => {
      const object = objects.get(request.url ?? '');
      if (!object) response.writeHead(404).end();
      else response.writeHead(200, object.gzip ? { 'content-encoding': 'gzip' } : {}).end(object.bytes);
    });
    store.listen(0, '127.0.0.1');
    await once(store, 'listening');
    gateway.catalog.answers.set(artifactLog.subject, (input) => logs.get((input as { ownerId: string }).ownerId) ?? { artifactId: null });
    gateway.catalog.answers.set(appGet.subject, () => anApp({ slug: 'owner/a"name' }));
  }, 30_000);
  afterAll(async () => {
    await nats.close();
    await gateway.stop();
    store.close();
  });

  const put = (owner: string, bytes: Buffer, gzip: boolean): string => {
    objects.set(`/${owner}`, { bytes, gzip });
    gateway.catalog.artifacts.set(owner, `http://127.0.0.1:${(store.address() as AddressInfo).port}/${owner}`);
    return artifactIdOf(owner);
  };
  const finish = (id: string, overrides: Parameters<typeof aBuild>[1] = {}) => gateway.catalog.builds.set(id, aBuild(id, { status: 'succeeded', ...overrides }));
  /** As a build's worker stores it: text and lines, both compressed. */
  const stored = (id: string): void => {
    const artifactId = put(id, gzipSync(textOf(LINES)), true);
    const linesArtifactId = put(id.replace('bld_0', 'bld_1'), gzipSync(ndjsonOf(LINES)), true);
    logs.set(id, { artifactId, linesArtifactId });
  };

  it('are served decompressed, as text and as lines, from any line', async () => {
    const id = nextBuild();
    stored(id);
    finish(id);
    for (const after of [0, 1, 499, 500, 9_999]) {
      expect((await ask(gateway.port, `/builds/${id}/log?after=${after}`)).text).toBe(textOf(LINES.slice(after)));
      expect((await ask(gateway.port, `/builds/${id}/log?format=ndjson&after=${after}`)).text).toBe(ndjsonOf(LINES.slice(after)));
    }
  });

  it.each([['text', textOf, 'text/plain'], ['ndjson', ndjsonOf, 'application/x-ndjson']] as const)('are passed on as they are stored to who takes gzip: %s', async (format, write, type) => {
    const id = nextBuild();
    stored(id);
    finish(id);
    const path = `/builds/${id}/log?format=${format}`;
    const response = await fetch(`${gateway.url}${path}`);
    expect([response.headers.get('content-encoding'), response.headers.get('vary'), response.headers.get('content-type')]).toEqual(['gzip', 'accept-encoding', `${type}; charset=utf-8`]);
    expect(await response.text()).toBe(write(LINES));
    const plain = await ask(gateway.port, path, { headers: { 'accept-encoding': 'gzip;q=0' } });
    expect([plain.headers['content-encoding'], plain.text]).toEqual([undefined, write(LINES)]);
    const rest = await ask(gateway.port, `${path}&after=10`, { headers: { 'accept-encoding': 'gzip' } });
    expect([rest.headers['content-encoding'], rest.text]).toEqual([undefined, write(LINES.slice(10))]);
  });

  it('of versions that stored text alone are lines all the same', async () => {
    const id = nextBuild();
    logs.set(id, { artifactId: put(id, Buffer.from(textOf(LINES)), false) });
    finish(id);
    const { text } = await ask(gateway.port, `/builds/${id}/log?format=ndjson&after=498`);
    expect(text.trim().split('\n').map((line) => JSON.parse(line) as LogLine)).toEqual(
      LINES.slice(498).map(({ seq, text: line }) => ({ seq, at: expect.any(String), stream: 'stdout', text: line })),
    );
  });

  it('are files to keep, with a name that cannot break out of its header', async () => {
    const id = nextBuild();
    stored(id);
    finish(id);
    const [text, lines] = await Promise.all(['text', 'ndjson'].map((format) => ask(gateway.port, `/builds/${id}/log?download=true&format=${format}`)));
    expect(text?.headers['content-disposition']).toBe(`attachment; filename="owner-a-name-${id}.log"`);
    expect(lines?.headers['content-disposition']).toBe(`attachment; filename="owner-a-name-${id}.ndjson"`);
    expect((await ask(gateway.port, `/builds/${id}/log`)).headers['content-disposition']).toBeUndefined();
  });

  it('answer HEAD with the headers alone, and refuse what is no number or no form', async () => {
    const id = nextBuild();
    stored(id);
    finish(id);
    const head = await ask(gateway.port, `/builds/${id}/log?format=ndjson`, { method: 'HEAD' });
    expect([head.status, head.headers['content-type'], head.text]).toEqual([200, 'application/x-ndjson; charset=utf-8', '']);
    for (const query of ['after=-1', 'after=x', 'after=1.5', 'after=1&after=2', 'after=99999999999999999999', 'format=xml', 'download=1']) {
      expect([query, (await ask(gateway.port, `/builds/${id}/log?${query}`)).status]).toEqual([query, 400]);
    }
  });

  it('that are no gzip break off, and do not end as if they were whole', async () => {
    const id = nextBuild();
    const artifactId = put(id, gzipSync(textOf(LINES)).subarray(0, 900), true);
    logs.set(id, { artifactId });
    finish(id);
    await expect(ask(gateway.port, `/builds/${id}/log`)).rejects.toThrow();
    expect((await ask(gateway.port, '/healthz')).status).toBe(200);
  });

  it('are those of the build that made the image', async () => {
    const [maker, reuser] = [nextBuild(), nextBuild()];
    stored(maker);
    logs.set(reuser, { ...logs.get(maker), artifactId: logs.get(maker)?.artifactId ?? null, ofBuildId: maker });
    finish(reuser, { reused: maker });
    expect((await ask(gateway.port, `/builds/${reuser}/log?after=3`)).text).toBe(textOf(LINES.slice(3)));
  });

  describe('of a build that waits for another’s end', () => {
    const write = (buildId: string, lines: LogLine[], end = false) =>
      nats.jetstream().publish(buildLogSubject(buildId), JSON.stringify({ appId: APP_ID, buildId, attempt: 1, run: buildId, lines, end } satisfies LogChunk));
    const follow = async (id: string) => {
      const response = await fetch(`${gateway.url}/builds/${id}/log`);
      const state = { text: '', done: false, broken: false };
      void (async () => {
        for await (const part of response.body ?? []) state.text += Buffer.from(part as Uint8Array).toString();
      })().catch(() => (state.broken = true)).finally(() => (state.done = true));
      return state;
    };

    it('are the other’s, live, until both have ended', async () => {
      const [first, second] = [nextBuild(), nextBuild()];
      gateway.catalog.builds.set(first, aBuild(first));
      gateway.catalog.builds.set(second, aBuild(second, { status: 'pending', watches: first }));
      const log = await follow(second);
      await write(first, LINES.slice(0, 2));
      await eventually(() => log.text === textOf(LINES.slice(0, 2)), 'the other’s lines');
      await write(first, LINES.slice(2), true);
      stored(first);
      finish(first);
      await eventually(() => log.text === textOf(LINES), 'all lines');
      expect(log.done).toBe(false);
      logs.set(second, { artifactId: logs.get(first)?.artifactId ?? null, ofBuildId: first });
      finish(second, { reused: first });
      await eventually(() => log.done, 'the end');
      expect([log.text, log.broken]).toEqual([textOf(LINES), false]);
    });

    it('are its own where the other is canceled before it said anything', async () => {
      const [first, second] = [nextBuild(), nextBuild()];
      gateway.catalog.builds.set(first, aBuild(first));
      gateway.catalog.builds.set(second, aBuild(second, { status: 'pending', watches: first }));
      const log = await follow(second);
      gateway.catalog.builds.set(second, aBuild(second, { watches: null }));
      await write(first, [], true);
      finish(first, { status: 'canceled' });
      await write(second, LINES, true);
      await eventually(() => log.done, 'the end');
      expect([log.text, log.broken]).toEqual([textOf(LINES), false]);
    });

    it('break off where the other had begun and is canceled: this one’s begin anew', async () => {
      const [first, second] = [nextBuild(), nextBuild()];
      gateway.catalog.builds.set(first, aBuild(first));
      gateway.catalog.builds.set(second, aBuild(second, { status: 'pending', watches: first }));
      const log = await follow(second);
      await write(first, LINES.slice(0, 1));
      await eventually(() => log.text !== '', 'the other’s line');
      gateway.catalog.builds.set(second, aBuild(second, { watches: null }));
      await write(first, [], true);
      finish(first, { status: 'canceled' });
      await eventually(() => log.broken, 'the break');
      expect(log.text).toBe(textOf(LINES.slice(0, 1)));
    });
  });

});
