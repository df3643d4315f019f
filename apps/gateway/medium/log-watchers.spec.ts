import { buildLogSubject, type HubEvent, LogChunk, type LogLine } from '@osiris/contracts';
import { once } from 'node:events';
import { get } from 'node:http';
import type { Socket } from 'node:net';
import { connect, type JetStreamClient, type NatsConnection } from 'nats';
import WebSocket from 'ws';
import { eventually, startTestGateway, type TestGateway } from './a-gateway';
import { aBuild, APP_ID } from './fake-catalog';

const WATCHERS = 100;
/** Of LOGS at once: one a watched log, and a few for who is behind. */
const MAX_CONSUMERS = 6;
const lineOf = (seq: number, width: number): LogLine => ({
  seq, at: '2026-01-01T00:00:00.000Z', stream: 'stdout', step: '[1/1] RUN flood', stepId: 1, text: `${seq} `.padEnd(width, 'x'),
});
const sequence = (from: number, to: number) => Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);

describe('many watchers of one flooding build', () => {
  let gateway: TestGateway;
  let nats: NatsConnection;
  let stream: JetStreamClient;
  const sockets: WebSocket[] = [];
  const open = { count: 0 };
  beforeAll(async () => {
    gateway = await startTestGateway();
    nats = await connect({ servers: gateway.nats.url });
    stream = nats.jetstream();
  }, 30_000);
  afterAll(async () => {
    sockets.forEach((socket) => socket.terminate());
    await nats.close();
    await gateway.stop();
  });

  const publish = (buildId: string, lines: LogLine[], end = false) =>
    stream.publish(buildLogSubject(buildId), JSON.stringify({ appId: APP_ID, buildId, attempt: 1, run: 'A', lines, end } satisfies LogChunk));
  /** Prints lines in chunks of random sizes; some chunks come twice, as from a publisher that tries again. */
  const flood = async (buildId: string, lines: number, width = 80): Promise<void> => {
    for (let next = 1; next <= lines; ) {
      const last = Math.min(lines, next + Math.floor(Math.random() * 40));
      const chunk = sequence(next, last).map((seq) => lineOf(seq, width));
      await publish(buildId, chunk);
      if (Math.random() < 0.1) await publish(buildId, chunk);
      next = last + 1;
    }
    await publish(buildId, [], true);
  };
  const start = (buildId: string): void => void gateway.catalog.builds.set(buildId, aBuild(buildId));
  /** Numbers of the lines that a request is answered with. */
  const read = (buildId: string, after: number): Promise<number[]> =>
    new Promise((resolve, reject) => {
      get({ port: gateway.port, path: `/builds/${buildId}/log?format=ndjson&after=${after}`, agent: false }, (response) => {
        const seqs: number[] = [];
        let rest = '';
        response.setEncoding('utf8').on('error', reject).on('data', (part: string) => {
          const lines = (rest + part).split('\n');
          rest = lines.pop() ?? '';
          for (const line of lines) seqs.push((JSON.parse(line) as LogLine).seq);
        });
        response.on('end', () => resolve(seqs));
      }).on('error', reject);
    });
  const watch = async () => {
    const socket = new WebSocket(`ws://127.0.0.1:${gateway.port}/events?types=build.log&subject=${APP_ID}`);
    sockets.push(socket);
    const state = { socket, seqs: [] as number[], ended: false, closed: false };
    socket.on('message', (data) => {
      const { data: chunk } = JSON.parse(String(data)) as HubEvent & { data: LogChunk };
      state.seqs.push(...chunk.lines.map(({ seq }) => seq));
      state.ended ||= chunk.end;
    });
    socket.on('close', () => (state.closed = true));
    await once(socket, 'open');
    return state;
  };
  const consumers = async (): Promise<number> => (await (await nats.jetstreamManager()).streams.info('LOGS')).state.consumer_count;

  it('each gets every line once and in order, whenever it joins and wherever it goes on', async () => {
    const id = 'bld_01manywatchers';
    const lines = 3_000;
    start(id);
    const early = await Promise.all(sequence(1, WATCHERS / 2).map(watch));
    const flooding = flood(id, lines);
    let most = 0;
    const http = sequence(1, WATCHERS).map(async () => {
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 800));
      const after = Math.floor(Math.random() * lines * 1.1);
      open.count += 1;
      const seqs = await read(id, after);
      most = Math.max(most, await consumers());
      return { after, seqs };
    });
    const late = await Promise.all(sequence(1, WATCHERS / 2).map(async () => {
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 300));
      return watch();
    }));
    await flooding;
    for (const { after, seqs } of await Promise.all(http)) expect(seqs).toEqual(sequence(after + 1, lines));
    await eventually(() => [...early, ...late].every(({ ended, seqs }) => ended || seqs.length === 0), 'all ends', 20_000);
    for (const { seqs } of early) expect(seqs).toEqual(sequence(1, lines));
    for (const { seqs } of late) expect(seqs).toEqual(sequence(seqs[0] ?? lines + 1, lines));
    expect(most).toBeLessThanOrEqual(MAX_CONSUMERS);
    await eventually(() => open.count === WATCHERS, 'all watchers');
    sockets.splice(0).forEach((socket) => socket.terminate());
  }, 60_000);

  it('who reads slowly holds up nobody, is not closed, and misses nothing', async () => {
    const id = 'bld_01slowwatcher0';
    const lines = 20_000;
    start(id);
    const [slow, quick] = [await watch(), await watch()];
    const raw = (slow.socket as unknown as { _socket: Socket })._socket;
    raw.pause();
    const stalled = get({ port: gateway.port, path: `/builds/${id}/log`, agent: false });
    const [response] = (await once(stalled, 'response')) as [import('node:http').IncomingMessage];
    await flood(id, lines, 1_000);
    await eventually(() => quick.ended, 'the quick one', 20_000);
    expect(quick.seqs).toEqual(sequence(1, lines));
    expect(slow.ended).toBe(false);
    raw.resume();
    await eventually(() => slow.ended, 'the slow one', 20_000);
    expect([slow.closed, slow.seqs.length]).toEqual([false, lines]);
    expect(slow.seqs).toEqual(sequence(1, lines));
    let bytes = 0;
    for await (const part of response) bytes += (part as Buffer).length;
    expect(bytes).toBe(lines * 1_001);
  }, 60_000);

  it('leaves no consumer behind', async () => {
    let left = await consumers();
    for (let tries = 0; left > 0 && tries < 50; tries++) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      left = await consumers();
    }
    expect(left).toBe(0);
  });
});
