import { once } from 'node:events';
import type { Socket } from 'node:net';
import { buildLogSubject, type HubEvent, type LaunchStats, launchStatsSubject, type LogChunk } from '@osiris/contracts';
import { connect } from 'nats';
import WebSocket from 'ws';
import { eventually, startTestGateway, type TestGateway } from './a-gateway';
import { aLaunch, APP_ID } from './fake-catalog';

type Received = Omit<HubEvent, 'type'> & { type: string };

describe('events', () => {
  let gateway: TestGateway;
  const sockets: WebSocket[] = [];
  beforeAll(async () => {
    gateway = await startTestGateway();
  }, 30_000);
  afterAll(async () => {
    sockets.forEach((socket) => socket.terminate());
    await gateway.stop();
  });

  const listen = async (query = '', headers: Record<string, string> = {}) => {
    const socket = new WebSocket(`ws://127.0.0.1:${gateway.port}/events${query}`, { headers });
    sockets.push(socket);
    const events: Received[] = [];
    socket.on('message', (data) => events.push(JSON.parse(String(data)) as Received));
    await once(socket, 'open');
    return { socket, events, sequences: () => events.map(({ sequence }) => sequence) };
  };
  const built = (subject = APP_ID) => ({ type: 'build.updated' as const, subject, data: { build: { status: 'running' } } });

  it('tells what happens, with a preview URL where a launch runs', async () => {
    const { events } = await listen();
    const sequence = gateway.catalog.change({ type: 'launch.updated', subject: APP_ID, data: { launch: aLaunch('lch_0123456789') } });
    const event = await eventually(() => events[0], 'an event');
    expect(event).toMatchObject({ specversion: '1.0', type: 'launch.updated', sequence });
    expect((event.data['launch'] as { previewUrl: string }).previewUrl).toContain('__osiris_token=');
  });

  it('narrows by type and subject', async () => {
    const builds = await listen('?types=build,service.updated');
    const ofOther = await listen('?subject=app_other01234567');
    gateway.catalog.change({ type: 'app.updated', subject: APP_ID, data: {} });
    gateway.catalog.change(built());
    const last = gateway.catalog.change(built('app_other01234567'));
    await eventually(() => builds.sequences().includes(last) && ofOther.sequences().includes(last), 'the last one');
    expect(builds.events.map(({ type }) => type)).toEqual(['build.updated', 'build.updated']);
    expect(ofOther.events.map(({ subject }) => subject)).toEqual(['app_other01234567']);
  });

  it('gives the figures of running launches to who asked for that app’s, and to nobody else', async () => {
    const asked = await listen(`?types=launch.stats&subject=${APP_ID}`);
    const others = [await listen(), await listen(`?subject=${APP_ID}`), await listen('?types=launch.stats'), await listen('?types=launch.stats&subject=app_other01234567')];
    const pattern = await listen('?types=launch.stats&subject=*');
    const nats = await connect({ servers: gateway.nats.url });
    const stats: LaunchStats = { appId: APP_ID, launchId: 'lch_0123456789', at: new Date().toISOString(), memoryBytes: 1, memoryLimitBytes: 2, cpuPercent: 3.5, cpuLimit: 1, pids: 4 };
    const say = (value: unknown): void => nats.publish(launchStatsSubject(APP_ID), JSON.stringify(value));
    await eventually(() => {
      say({ ...stats, memoryBytes: 'much' });
      say(stats);
      return asked.events.length > 0;
    }, 'figures');
    gateway.catalog.change(built());
    await eventually(() => others[0]!.events.length > 0, 'another event');
    await nats.close();
    expect(asked.events[0]).toMatchObject({ type: 'launch.stats', subject: APP_ID, data: stats });
    for (const { events } of [...others, pattern]) expect(events.filter(({ type }) => type === 'launch.stats')).toEqual([]);
  });

  it('resumes without a gap and without a double while more keeps coming', async () => {
    const start = gateway.catalog.change(built());
    for (let count = 0; count < 1_500; count++) gateway.catalog.change(built(), { skip: 1 + (count % 3) });
    let stop = false;
    const producing = (async () => {
      while (!stop) {
        gateway.catalog.change(built());
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
    })();
    const clients = await Promise.all([1, 2, 3].map(() => listen(`?after=${start}`)));
    await new Promise((resolve) => setTimeout(resolve, 700));
    stop = true;
    await producing;
    const wanted = gateway.catalog.events.map(({ sequence = 0 }) => sequence).filter((sequence) => sequence > start);
    for (const client of clients) {
      await eventually(() => client.events.length >= wanted.length, 'all events');
      expect(client.sequences()).toEqual(wanted);
    }
  }, 30_000);

  it('asks for what got lost on the way', async () => {
    const client = await listen();
    const from = gateway.catalog.change(built());
    await eventually(() => client.sequences().includes(from), 'the first');
    const lost = [1, 2, 3].map(() => gateway.catalog.change(built(), { lost: true, skip: 2 }));
    const after = gateway.catalog.change(built());
    await eventually(() => client.sequences().includes(after), 'the last');
    expect(client.sequences()).toEqual([from, ...lost, after]);
  });

  it('says reset where what is asked for is no longer kept, or never was', async () => {
    const latest = gateway.catalog.change(built());
    gateway.catalog.forgotten = latest - 1;
    const old = await listen('?after=1');
    expect(await eventually(() => old.events[0], 'a reset')).toMatchObject({ type: 'events.reset', sequence: latest });
    gateway.catalog.forgotten = 0;
    const ahead = await listen(`?after=${latest + 1_000_000}`);
    await eventually(() => ahead.events[0]?.type === 'events.reset', 'a reset');
    const next = gateway.catalog.change(built());
    await eventually(() => ahead.sequences().includes(next) && old.sequences().includes(next), 'what comes next');
  });

  it('sends log lines only to whoever asked for that app and type', async () => {
    const publisher = await connect({ servers: gateway.nats.url });
    const asked = await listen(`?subject=${APP_ID}&types=build.log`);
    const others = await Promise.all([listen('?types=build.log'), listen(`?subject=${APP_ID}`), listen(`?subject=app_x&types=build.log`)]);
    const chunk: LogChunk = { appId: APP_ID, buildId: 'bld_0123456789', attempt: 1, run: '', end: false, lines: [{ seq: 1, at: new Date().toISOString(), stream: 'stdout', text: 'hello' }] };
    await new Promise((resolve) => setTimeout(resolve, 100));
    publisher.publish(buildLogSubject('bld_0123456789'), JSON.stringify(chunk));
    const marker = gateway.catalog.change(built());
    const event = await eventually(() => asked.events[0], 'a log event');
    expect(event).toMatchObject({ type: 'build.log', subject: APP_ID, data: chunk });
    expect(event.sequence).toBeUndefined();
    await eventually(() => others[1]?.sequences().includes(marker), 'the marker');
    expect(others.flatMap(({ events }) => events.filter(({ type }) => type === 'build.log'))).toEqual([]);
    await publisher.close();
  });

  it('closes who reads too slowly with 1013', async () => {
    const { socket } = await listen();
    const raw = (socket as unknown as { _socket: Socket })._socket;
    raw.pause();
    const closed = once(socket, 'close') as Promise<[number]>;
    const padding = 'x'.repeat(100_000);
    for (let count = 0; count < 200; count++) {
      gateway.catalog.change({ type: 'app.updated', subject: APP_ID, data: { padding } });
      await new Promise((resolve) => setImmediate(resolve));
    }
    await new Promise((resolve) => setTimeout(resolve, 500));
    raw.resume();
    expect((await closed)[0]).toBe(1013);
  }, 20_000);

  it.each([
    ['a foreign page', '', { origin: 'http://evil.example' }, 403],
    ['a foreign name', '', { host: 'evil.example' }, 403],
    ['a type that is none', '?types=nope', {}, 400],
    ['a sequence that is none', '?after=x', {}, 400],
  ])('refuses %s before upgrading', async (_what, query, headers, status) => {
    await expect(listen(query, headers)).rejects.toThrow(String(status));
  });

  it('goes on where it was when NATS has come back empty', async () => {
    const client = await listen();
    const before = gateway.catalog.change(built());
    await eventually(() => client.sequences().includes(before), 'one before');
    await gateway.nats.kill();
    const unheard = gateway.catalog.change(built(), { lost: true });
    await gateway.nats.restartEmpty();
    const found = await eventually(() => client.sequences().includes(unheard) && client.sequences(), 'what happened meanwhile', 15_000);
    expect(found).toEqual([before, unheard]);
    const after = gateway.catalog.change(built());
    await eventually(() => client.sequences().includes(after), 'what comes after');
  }, 30_000);
});
