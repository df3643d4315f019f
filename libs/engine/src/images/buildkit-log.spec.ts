import fc from 'fast-check';
import { BuildKitLog } from './buildkit-log';
import { decodeStatusResponse, instantOf, statusResponseType } from './buildkit-schema';

const at = (seconds: number) => ({ seconds: 1_700_000_000 + Math.floor(seconds), nanos: Math.round((seconds % 1) * 1e9) });
function trace(message: object): { id: string; aux: string } {
  const type = statusResponseType();
  return { id: 'moby.buildkit.trace', aux: Buffer.from(type.encode(type.fromObject(message)).finish()).toString('base64') };
}
const bytes = (text: string): string => Buffer.from(text).toString('base64');
const ofRun = { step: '[2/2] RUN npm ci', stepId: 1 };
const run = { digest: 'sha256:a', name: '[2/2] RUN npm ci', started: at(0) };

describe('BuildKitLog', () => {
  it('reads what a real engine sent', () => {
    // Recorded from Docker Engine 20.10.24: the output and then the end of `RUN echo failing >&2; exit 7`.
    const output = 'GmIKR3NoYTI1NjozYzY4NTk4MThhMWI0ZWRmYzQwMTQ0YjIyOTM1NmM2YWE1N2RiZTY3M2YyZjYwY2NiMTE0ZTg0OWQ3ZjgxOTBkEgsIuOCQ2AYQvOvhQxgCIghmYWlsaW5nCg==';
    const end = 'Cp4CCkdzaGEyNTY6M2M2ODU5ODE4YTFiNGVkZmM0MDE0NGIyMjkzNTZjNmFhNTdkYmU2NzNmMmY2MGNjYjExNGU4NDlkN2Y4MTkwZBJHc2hhMjU2OjA4YTAzZjNmZmU1ZmJhNDIxYTY0MDNjMzFlMTUzNDI1Y2VkNjMxZDEwODg2OGYzMGUwNDk4NWY5OWQ2OTMyNmUaIlsyLzJdIFJVTiBlY2hvIGZhaWxpbmcgPiYyOyBleGl0IDcqDAi34JDYBhC8mOqSAjILCLjgkNgGEJvIilg6S2V4ZWN1dG9yIGZhaWxlZCBydW5uaW5nIFsvYmluL3NoIC1jIGVjaG8gZmFpbGluZyA+JjI7IGV4aXQgN106IGV4aXQgY29kZTogNw==';
    const [log] = decodeStatusResponse(output).logs;
    expect(log).toMatchObject({ stream: 2, msg: Buffer.from('failing\n') });
    const [vertex] = decodeStatusResponse(end).vertexes;
    expect(vertex).toMatchObject({ digest: log?.vertex, name: '[2/2] RUN echo failing >&2; exit 7', error: 'executor failed running [/bin/sh -c echo failing >&2; exit 7]: exit code: 7' });
    expect(instantOf(vertex?.completed)! - instantOf(vertex?.started)!).toBeCloseTo(609, 0);
  });

  it('writes headers, output, and how long a step took', () => {
    const log = new BuildKitLog();
    const lines = [
      trace({ vertexes: [run] }),
      trace({ logs: [{ vertex: run.digest, stream: 1, msg: bytes('added 12') }, { vertex: run.digest, stream: 2, msg: bytes('warn\n') }] }),
      trace({ logs: [{ vertex: run.digest, timestamp: at(0.5), stream: 1, msg: bytes(' packages\n') }] }),
      trace({ vertexes: [{ ...run, completed: at(1.25) }] }),
    ].flatMap((event) => log.read(event));
    expect(lines).toEqual([
      { ...ofRun, stream: 'status', text: '#1 [2/2] RUN npm ci', event: 'begin', at: 1_700_000_000_000 },
      { ...ofRun, stream: 'stderr', text: 'warn' },
      { ...ofRun, stream: 'stdout', text: 'added 12 packages', at: 1_700_000_000_500 },
      { ...ofRun, stream: 'status', text: '#1 DONE 1.3s', event: 'done', durationMs: 1_250, at: 1_700_000_001_250 },
    ]);
    expect(log.failedStep()).toBeNull();
  });

  it('says CACHED, and says it once', () => {
    const log = new BuildKitLog();
    const cached = trace({ vertexes: [{ ...run, completed: at(0), cached: true }] });
    expect([...log.read(cached), ...log.read(cached)].map(({ text }) => text)).toEqual(['#1 [2/2] RUN npm ci', '#1 CACHED']);
  });

  it('repeats the header when steps that run side by side take turns', () => {
    const log = new BuildKitLog();
    const other = { digest: 'sha256:b', name: '[b 1/1] RUN x', started: at(0) };
    const say = (vertex: string, text: string) => trace({ logs: [{ vertex, stream: 1, msg: bytes(text) }] });
    const texts = [trace({ vertexes: [run, other] }), say(run.digest, 'a\n'), say(run.digest, 'b\n'), say(other.digest, 'c\n')].flatMap((event) => log.read(event)).map(({ text }) => text);
    expect(texts).toEqual(['#1 [2/2] RUN npm ci', '#2 [b 1/1] RUN x', '#1 [2/2] RUN npm ci', 'a', 'b', '#2 [b 1/1] RUN x', 'c']);
  });

  it('keeps the failing step with its last lines, not those it took down', () => {
    const log = new BuildKitLog();
    const other = { digest: 'sha256:b', name: '[b 1/1] RUN x', started: at(0) };
    log.read(trace({ vertexes: [other, run], logs: [{ vertex: run.digest, stream: 2, msg: bytes('no such package') }] }));
    const lines = log.read(trace({ vertexes: [{ ...other, completed: at(1), error: 'context canceled' }, { ...run, completed: at(1), error: 'exit code: 1' }] }));
    expect(lines.map(({ text }) => text)).toEqual(['#1 CANCELED', 'no such package', '#2 ERROR: exit code: 1']);
    expect(log.failedStep()).toEqual({ name: run.name, id: 2, error: 'exit code: 1', lastLines: ['no such package'] });
  });

  it('shows the progress of a download every few seconds and its end', () => {
    let now = 0;
    const log = new BuildKitLog(() => now);
    log.read(trace({ vertexes: [run] }));
    const status = (current: number, completed = false) =>
      log.read(trace({ statuses: [{ ID: 'sha256:layer', vertex: run.digest, current, total: 10_000_000, ...(completed ? { completed: at(9) } : {}) }] })).map(({ text }) => text);
    expect(status(0)).toEqual([]);
    now = 1_000;
    expect(status(1_000_000)).toEqual([]);
    now = 3_500;
    expect(status(5_000_000)).toEqual(['#1 sha256:layer 5.00MB / 10.00MB']);
    expect(status(10_000_000, true)).toEqual(['#1 sha256:layer 10.00MB / 10.00MB done']);
    expect(status(10_000_000, true)).toEqual([]);
  });

  it('says warnings, keeps quiet about its own plumbing, and ignores other events', () => {
    const log = new BuildKitLog();
    expect(log.read(trace({ vertexes: [{ digest: 'x', name: '[internal] load remote build context', started: at(0), completed: at(1) }] }))).toEqual([]);
    expect(log.read({ stream: 'Successfully tagged' })).toEqual([]);
    expect(log.read(trace({ warnings: [{ vertex: '', short: bytes('LegacyKeyValueFormat'), url: 'https://docs' }] }))[0]?.text).toBe('WARNING: LegacyKeyValueFormat (https://docs)');
  });
});

describe('BuildKitLog, whatever the engine sends', () => {
  const digests = ['sha256:a', 'sha256:b', 'sha256:c'];
  const instant = fc.record({ seconds: fc.integer({ min: 1_700_000_000, max: 1_700_000_100 }), nanos: fc.integer({ min: 0, max: 999_999_999 }) });
  const vertex = fc.record(
    { digest: fc.constantFrom(...digests), name: fc.constantFrom('[1/2] RUN a', '[2/2] RUN b\nc', ''), cached: fc.boolean(), started: instant, completed: instant, error: fc.constantFrom('', 'exit code: 1', 'x: context canceled') },
    { requiredKeys: ['digest'] },
  );
  const log = fc.record({ vertex: fc.constantFrom(...digests), stream: fc.constantFrom(1, 2), msg: fc.string({ unit: fc.constantFrom('a', '\n', '\r', 'ü') }).map(bytes) }, { requiredKeys: ['vertex', 'msg'] });
  const message = fc.record({ vertexes: fc.array(vertex, { maxLength: 3 }), logs: fc.array(log, { maxLength: 4 }) });
  const how = fc.constantFrom('succeeded', 'failed', 'aborted' as const);

  it('each step begins once, before all else it says, and ends once', () =>
    fc.assert(
      fc.property(fc.array(message, { maxLength: 12 }), how, (messages, end) => {
        const reader = new BuildKitLog();
        const lines = [...messages.flatMap((one) => reader.read(trace(one))), ...reader.end(end)];
        const ids = [...new Set(lines.map(({ stepId }) => stepId))];
        expect(ids).toEqual(ids.map((_, index) => index + 1));
        for (const id of ids) {
          const events = lines.filter(({ stepId, event }) => stepId === id && event !== undefined).map(({ event }) => event);
          expect(events).toEqual(['begin', expect.stringMatching(/^(done|cached|failed|canceled)$/)]);
          expect(lines.find(({ stepId }) => stepId === id)?.event).toBe('begin');
        }
      }),
    ));

  it('loses and tears nothing of what a step prints, however it is cut into messages', () =>
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ min: 97, max: 122, minLength: 1, maxLength: 30 }), { minLength: 1, maxLength: 20 }), fc.integer({ min: 1, max: 7 }), (texts, size) => {
        const all = Buffer.from(`${texts.map((text) => Buffer.from(text).toString()).join('\n')}\n`);
        const reader = new BuildKitLog();
        reader.read(trace({ vertexes: [run] }));
        const lines = [];
        for (let start = 0; start < all.length; start += size) {
          lines.push(...reader.read(trace({ logs: [{ vertex: run.digest, stream: 1, msg: all.subarray(start, start + size).toString('base64') }] })));
        }
        expect(lines.map(({ text }) => `${text}\n`).join('')).toBe(all.toString());
      }),
    ));

  it('takes torn and foreign messages without throwing', () => {
    const whole = Buffer.from(trace({ vertexes: [{ ...run, completed: at(1) }], logs: [{ vertex: run.digest, stream: 1, msg: bytes('said\n') }] }).aux, 'base64');
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 200 }), fc.integer({ min: 0, max: whole.length }).map((length) => whole.subarray(0, length))), (aux) => {
        const reader = new BuildKitLog();
        for (const { text, at: instant = 1 } of [...reader.read({ id: 'moby.buildkit.trace', aux: Buffer.from(aux).toString('base64') }), ...reader.end('aborted')]) {
          expect(text.length).toBeLessThanOrEqual(16 * 1024);
          expect(new Date(instant).getTime()).toBeGreaterThan(0);
        }
      }),
    );
  });

  it('passes over fields that a later BuildKit adds', () => {
    const known = Buffer.from(trace({ vertexes: [run] }).aux, 'base64');
    // Field 15, length-delimited, "new"; field 14, a number.
    const aux = Buffer.concat([Buffer.from([0x7a, 3, 0x6e, 0x65, 0x77]), known, Buffer.from([0x70, 5])]).toString('base64');
    expect(new BuildKitLog().read({ id: 'moby.buildkit.trace', aux }).map(({ text }) => text)).toEqual(['#1 [2/2] RUN npm ci']);
  });

  it('tells a download of a thousand parts in a few lines', () => {
    let now = 0;
    const reader = new BuildKitLog(() => (now += 10));
    reader.read(trace({ vertexes: [run] }));
    const lines = Array.from({ length: 1_000 }, (_, part) => reader.read(trace({ statuses: [{ ID: 'layer', vertex: run.digest, current: part, total: 1_000 }] }))).flat();
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.length).toBeLessThan(10);
  });

  it('takes a message of megabytes, cuts its lines, and keeps step names short on each', () => {
    const long = { ...run, name: `[2/2] RUN ${'x'.repeat(100_000)}` };
    const reader = new BuildKitLog();
    const lines = [...reader.read(trace({ vertexes: [long] })), ...reader.read(trace({ logs: [{ vertex: run.digest, stream: 1, msg: bytes('y'.repeat(5_000_000)) }] })), ...reader.end('failed')];
    expect(lines.filter(({ stream }) => stream === 'stdout').reduce((sum, { text }) => sum + text.length, 0)).toBe(5_000_000);
    expect(Math.max(...lines.map(({ step = '' }) => step.length))).toBeLessThanOrEqual(256);
  });

  it('knows what the names of base images stood for', () => {
    const reader = new BuildKitLog();
    const pin = `sha256:${'a'.repeat(64)}`;
    reader.read(trace({ vertexes: [{ digest: 'v', name: `[build 1/3] FROM docker.io/library/node:20-slim@${pin}` }, { digest: 'w', name: `[2/3] RUN echo FROM x@${pin}` }] }));
    expect([...reader.digests()]).toEqual([['docker.io/library/node:20-slim', pin]]);
  });
});
