import { buildLogSubject, launchLogSubject, type LogChunk } from '@osiris/contracts';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type JetStreamClient, connect, type NatsConnection } from 'nats';
import { ask, eventually, startTestGateway, type TestGateway } from './a-gateway';
import { aBuild, aLaunch, APP_ID } from './fake-catalog';

const line = (seq: number) => ({ seq, at: '2026-01-01T00:00:00.000Z', stream: 'stdout' as const, text: `line ${seq} \u001b[32mgrün\u001b[0m` });
const textOf = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => `${line(from + index).text}\n`).join('');

describe('logs', () => {
  let gateway: TestGateway;
  let nats: NatsConnection;
  let stream: JetStreamClient;
  let store: Server;
  let stored = '';
  let count = 0;
  const nextBuild = () => `bld_0123456789${(count += 1)}`;
  const write = (buildId: string, from: number, to: number, { end = false, attempt = 1, run = 'first' } = {}) => {
    const lines = Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => line(from + index));
    const chunk: LogChunk = { appId: APP_ID, buildId, attempt, run, lines, end };
    return stream.publish(buildLogSubject(buildId), JSON.stringify(chunk));
  };
  const follow = async (path: string) => {
    const response = await fetch(`${gateway.url}${path}`);
    const state = { status: response.status, text: '', done: false, broken: false };
    void (async () => {
      const decoder = new TextDecoder();
      try {
        for await (const part of response.body ?? []) state.text += decoder.decode(part as Uint8Array, { stream: true });
      } catch {
        state.broken = true;
      }
      state.done = true;
    })();
    return state;
  };

  beforeAll(async () => {
    gateway = await startTestGateway();
    nats = await connect({ servers: gateway.nats.url, maxReconnectAttempts: -1, reconnectTimeWait: 100 });
    stream = nats.jetstream();
    store = createServer((_request, response) => (stored === '' ? response.writeHead(500).end() : response.end(stored)));
    store.listen(0, '127.0.0.1');
    await once(store, 'listening');
  }, 30_000);
  afterAll(async () => {
    await gateway.stop();
    await nats.close();
    store.close();
  });
  const finish = (buildId: string, text: string) => {
    stored = text;
    gateway.catalog.artifacts.set(buildId, `http://127.0.0.1:${(store.address() as AddressInfo).port}/object`);
    gateway.catalog.builds.set(buildId, aBuild(buildId, { status: 'succeeded' }));
  };

  it('follows a build from its first line to its last', async () => {
    const id = nextBuild();
    gateway.catalog.builds.set(id, aBuild(id));
    await write(id, 1, 3);
    const log = await follow(`/builds/${id}/log`);
    const later = await follow(`/builds/${id}/log?after=2`);
    expect(log.status).toBe(200);
    await eventually(() => log.text === textOf(1, 3), 'the first lines');
    expect(log.done).toBe(false);
    await write(id, 4, 5);
    await eventually(() => log.text === textOf(1, 5), 'the next lines');
    await write(id, 6, 5, { end: true });
    await eventually(() => log.done && later.done, 'the end');
    expect([log.text, later.text]).toEqual([textOf(1, 5), textOf(3, 5)]);
  });

  it('answers before the first line is there', async () => {
    const id = nextBuild();
    gateway.catalog.builds.set(id, aBuild(id, { status: 'pending' }));
    const log = await follow(`/builds/${id}/log`);
    expect([log.status, log.text, log.done]).toEqual([200, '', false]);
    await write(id, 1, 1, { end: true });
    await eventually(() => log.done, 'the end');
    expect(log.text).toBe(textOf(1, 1));
  });

  it('serves the stored log afterwards, the same bytes, from any line', async () => {
    const id = nextBuild();
    finish(id, textOf(1, 2_000));
    expect((await ask(gateway.port, `/builds/${id}/log`)).text).toBe(textOf(1, 2_000));
    expect((await ask(gateway.port, `/builds/${id}/log?after=1990`)).text).toBe(textOf(1_991, 2_000));
    expect((await ask(gateway.port, `/builds/${id}/log?after=5000`)).text).toBe('');
  });

  it('goes on from the stored log where NATS lost the rest', async () => {
    const id = nextBuild();
    gateway.catalog.builds.set(id, aBuild(id));
    await write(id, 1, 3);
    const log = await follow(`/builds/${id}/log`);
    await eventually(() => log.text === textOf(1, 3), 'the first lines');
    await write(id, 10, 12);
    finish(id, textOf(1, 12));
    await eventually(() => log.done, 'the end', 15_000);
    expect(log.text).toBe(textOf(1, 12));
  }, 20_000);

  it('serves what NATS still has where nothing was stored', async () => {
    const id = nextBuild();
    gateway.catalog.builds.set(id, aBuild(id, { status: 'canceled' }));
    expect((await ask(gateway.port, `/builds/${id}/log`)).text).toBe('');
    await write(id, 1, 40);
    await write(id, 41, 80);
    expect((await ask(gateway.port, `/builds/${id}/log?after=30`)).text).toBe(textOf(31, 80));
  });

  it('breaks off where another attempt writes the log anew', async () => {
    const id = nextBuild();
    gateway.catalog.builds.set(id, aBuild(id));
    await write(id, 1, 3);
    const log = await follow(`/builds/${id}/log`);
    await eventually(() => log.text === textOf(1, 3), 'the first lines');
    await write(id, 1, 1, { attempt: 2 });
    await eventually(() => log.broken, 'the break');
  });

  it('breaks off where a job that is delivered again writes the log anew within its attempt', async () => {
    const id = nextBuild();
    gateway.catalog.builds.set(id, aBuild(id));
    await write(id, 1, 3);
    const log = await follow(`/builds/${id}/log`);
    await eventually(() => log.text === textOf(1, 3), 'the first lines');
    await write(id, 1, 5, { run: 'second' });
    await eventually(() => log.broken, 'the break');
    expect(log.text).toBe(textOf(1, 3));
  });

  it('goes on while a job is handed back, and ends where the catalog says so and no last chunk comes', async () => {
    const id = nextBuild();
    gateway.catalog.builds.set(id, aBuild(id, { status: 'pending' }));
    const log = await follow(`/builds/${id}/log`);
    await write(id, 1, 2);
    await eventually(() => log.text === textOf(1, 2), 'the lines');
    // Longer than the catalog is asked for.
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    expect([log.done, log.broken]).toEqual([false, false]);
    gateway.catalog.builds.set(id, aBuild(id, { status: 'failed' }));
    await eventually(() => log.done, 'the end', 15_000);
    expect([log.text, log.broken]).toEqual([textOf(1, 2), false]);
  }, 30_000);

  it('answers what a running launch has printed by now, and what is to come only where that is asked for', async () => {
    const id = 'lch_0123456780';
    const print = (from: number, to: number, end = false) => {
      const lines = Array.from({ length: to - from + 1 }, (_, index) => line(from + index));
      return stream.publish(launchLogSubject(id), JSON.stringify({ appId: APP_ID, launchId: id, attempt: 1, run: 'container', lines, end } satisfies LogChunk));
    };
    gateway.catalog.launches.set(id, aLaunch(id, { status: 'running' }));
    expect((await ask(gateway.port, `/launches/${id}/log`)).text).toBe('');
    await print(1, 3);
    expect((await ask(gateway.port, `/launches/${id}/log?after=1`)).text).toBe(textOf(2, 3));
    expect((await ask(gateway.port, `/launches/${id}/log?follow=maybe`)).status).toBe(400);
    const log = await follow(`/launches/${id}/log?follow=true`);
    await eventually(() => log.text === textOf(1, 3), 'what is there');
    await print(4, 4);
    await eventually(() => log.text === textOf(1, 4), 'the next line');
    expect(log.done).toBe(false);
    await print(5, 5, true);
    await eventually(() => log.done, 'the end');
    expect(log.text).toBe(textOf(1, 5));
  });

  it('says as a problem that the store is away, or that there is no such build', async () => {
    const id = nextBuild();
    finish(id, '');
    expect(await ask(gateway.port, `/builds/${id}/log`)).toMatchObject({ status: 503, headers: { 'content-type': expect.stringContaining('problem+json') } });
    expect((await ask(gateway.port, '/builds/bld_nosuchbuild/log')).status).toBe(404);
    expect((await ask(gateway.port, `/builds/${id}/log?after=-1`)).status).toBe(400);
  });

  it('serves a launch’s log too, and redirects to an artifact’s content', async () => {
    const id = 'lch_0123456789';
    gateway.catalog.launches.set(id, aLaunch(id, { status: 'expired' }));
    stored = 'one\ntwo\n';
    gateway.catalog.artifacts.set(id, `http://127.0.0.1:${(store.address() as AddressInfo).port}/object`);
    expect((await ask(gateway.port, `/launches/${id}/log?after=1`)).text).toBe('two\n');
    const content = await ask(gateway.port, '/artifacts/art_0123456789/content');
    expect([content.status, content.headers.location]).toEqual([302, gateway.catalog.artifacts.get(id)]);
  });

  it('goes on after NATS came back empty', async () => {
    const id = nextBuild();
    gateway.catalog.builds.set(id, aBuild(id));
    await write(id, 1, 3);
    const log = await follow(`/builds/${id}/log`);
    await eventually(() => log.text === textOf(1, 3), 'the first lines');
    await gateway.nats.restartEmpty();
    let written = false;
    for (let tries = 0; !written && tries < 50; tries++) {
      written = await write(id, 4, 5).then(() => true, () => new Promise<boolean>((resolve) => setTimeout(() => resolve(false), 100)));
    }
    await write(id, 6, 5, { end: true });
    await eventually(() => log.done, 'the end', 15_000);
    expect(log.text).toBe(textOf(1, 5));
  }, 40_000);
});
