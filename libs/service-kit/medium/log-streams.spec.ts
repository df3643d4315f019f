import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { LogChunk, LogLine, logText } from '@osiris/contracts';
import { startNats, type TestNats } from '@osiris/testing';
import { baseEnv, createLogger, decodeJson, type Logger, LogSpool, LogStream, LogStreams, Nats } from '../src';

const unpacked = (stream: Readable): Promise<string> => text(stream.pipe(createGunzip()));
const of = { appId: 'app_0123456789abc', buildId: 'bld_0123456789abc', attempt: 1 };

describe('a log stream over a real NATS', () => {
  let server: TestNats;
  let nats: Nats;
  let home: string;
  let streams: LogStreams;

  beforeAll(async () => {
    server = await startNats();
    home = await mkdtemp(join(tmpdir(), 'osiris-logs-'));
    const env = baseEnv.parse({ NATS_URL: server.url, OSIRIS_HOME: home, LOG_LEVEL: 'fatal' });
    const logger = createLogger('build', 'test', env);
    nats = await Nats.connect(server.url, 'test', logger);
    streams = new LogStreams(nats, logger, env, { service: 'build' });
  });
  afterAll(async () => {
    await nats.close();
    await server.stop();
    await rm(home, { recursive: true, force: true });
  });

  async function published(): Promise<LogChunk[]> {
    const info = await nats.jetstreamManager().streams.info('LOGS');
    const chunks: LogChunk[] = [];
    for (let seq = info.state.first_seq; seq <= info.state.last_seq; seq++) {
      const decoded = decodeJson((await nats.jetstreamManager().streams.getMessage('LOGS', { seq })).data);
      if ('value' in decoded) chunks.push(LogChunk.parse(decoded.value));
    }
    return chunks;
  }

  test('lines are numbered without a gap, and what is published is what is stored', async () => {
    const log = await streams.open(of);
    for (let index = 1; index <= 5_000; index++) await log.write({ stream: 'stdout', text: `line ${index} – ünïcode`, step: '[2/2] RUN x', stepId: 2 });
    await log.write({ stream: 'status', text: 'DONE', step: '[2/2] RUN x', stepId: 2, event: 'done', durationMs: 1_200, at: Date.UTC(2030, 0, 1) });
    await log.write({ stream: 'stderr', text: 'the end\n' });
    const { lines, bytes } = await log.close();
    const stored = await unpacked(log.createTextStream());
    const told = (await unpacked(log.createLinesStream())).trimEnd().split('\n').map((line) => LogLine.parse(JSON.parse(line)));
    const chunks = await published();
    const all = chunks.flatMap((chunk) => chunk.lines);
    expect(lines).toBe(5_002);
    expect(all.map(({ seq }) => seq)).toEqual(Array.from({ length: 5_002 }, (_, index) => index + 1));
    expect(logText(all)).toBe(stored);
    expect(told).toEqual(all);
    expect(all.at(-2)).toEqual({ seq: 5_001, at: '2030-01-01T00:00:00.000Z', stream: 'status', step: '[2/2] RUN x', stepId: 2, event: 'done', durationMs: 1_200, text: 'DONE' });
    expect(Buffer.byteLength(stored)).toBe(bytes);
    expect(chunks.map(({ end }) => end)).toEqual([...chunks.slice(1).map(() => false), true]);
    await log.dispose();
    expect(await readdir(join(home, 'tmp', 'logs', 'build'))).toEqual([]);
  });

  test("a later attempt's log replaces the earlier one's", async () => {
    const log = await streams.open({ ...of, attempt: 2 });
    await log.write({ stream: 'stdout', text: 'again' });
    await log.close();
    await log.dispose();
    const chunks = await published();
    expect(chunks.flatMap((chunk) => chunk.lines.map((line) => line.text))).toEqual(['again']);
    expect(chunks.every(({ attempt }) => attempt === 2)).toBe(true);
  });

  test('a log that is put away without its end leaves its watchers waiting, and the next one is another run', async () => {
    const first = await streams.open({ ...of, attempt: 3 });
    await first.write({ stream: 'stdout', text: 'handed back' });
    await first.dispose();
    const before = await published();
    expect(before.flatMap((chunk) => chunk.lines.map((line) => line.text))).toEqual(['handed back']);
    expect(before.some(({ end }) => end)).toBe(false);
    const second = await streams.open({ ...of, attempt: 3 });
    await second.close();
    await second.close();
    await second.dispose();
    const after = await published();
    expect(after.map(({ end }) => end)).toEqual([true]);
    expect(after[0]?.run).not.toBe(before[0]?.run);
  });

  test('lines told again keep the run that is named', async () => {
    const log = await streams.open({ ...of, run: 'container' });
    await log.close();
    await log.dispose();
    expect((await published()).map(({ run }) => run)).toEqual(['container']);
  });

  test('a second replica leaves the spools of the first alone', async () => {
    const log = await streams.open(of);
    await log.write({ stream: 'stdout', text: 'still here' });
    const env = baseEnv.parse({ NATS_URL: server.url, OSIRIS_HOME: home, LOG_LEVEL: 'fatal' });
    await new LogStreams(nats, createLogger('build', 'second', env), env, { service: 'build' }).onModuleInit();
    await log.finish();
    expect(await unpacked(log.createTextStream())).toBe('still here\n');
    await log.dispose();
  });

  test('a flood that nobody takes is held back, not held in memory', async () => {
    let open = (): void => undefined;
    const opened = new Promise<void>((resolve) => (open = resolve));
    const folder = await mkdtemp(join(home, 'flood-'));
    const log = new LogStream({ ...of, run: 'r' }, {
      text: new LogSpool(join(folder, 'text'), () => undefined), removeSpools: () => Promise.resolve(), logger: {} as Logger, publish: () => opened,
    });
    let written = 0;
    const flood = (async () => {
      for (; written < 20_000; written++) await log.write({ stream: 'stdout', text: 'x'.repeat(999) });
    })();
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(written).toBeLessThan(2_000);
    open();
    await flood;
    expect(await log.close()).toEqual({ lines: 20_000, bytes: 20_000_000 });
    expect(Buffer.byteLength(await unpacked(log.createTextStream()))).toBe(20_000_000);
  });

  // A disk without room, and a spool that cannot even be opened.
  test.each(['/dev/full', tmpdir()])('a spool at %s that cannot be written holds nothing up', async (path) => {
    const chunks: LogChunk[] = [];
    const errors: unknown[] = [];
    const spool = new LogSpool(path, (error) => errors.push(error));
    const log = new LogStream({ ...of, run: 'r' }, {
      text: spool, removeSpools: () => Promise.resolve(), logger: {} as Logger,
      publish: (chunk) => Promise.resolve(chunks.push(LogChunk.parse(JSON.parse(Buffer.from(chunk).toString())))),
    });
    // More than a stream buffers: it says that there is no room, and no "drain" ever follows.
    for (let index = 0; index < 200; index++) await log.write({ stream: 'stdout', text: 'x'.repeat(999) });
    expect(await log.close()).toEqual({ lines: 200, bytes: 200_000 });
    expect(chunks.flatMap((chunk) => chunk.lines)).toHaveLength(200);
    expect(chunks.at(-1)?.end).toBe(true);
    expect(log.spoolFailure).toHaveProperty('code');
    await expect(text(log.createTextStream())).rejects.toBe(log.spoolFailure);
    expect(() => log.createLinesStream()).toThrow('text alone');
    await log.dispose();
    expect(errors).toHaveLength(1);
  });
});
