import { BuildKitLog } from './buildkit-log';
import { decodeStatusResponse, millisOf, statusResponseType } from './buildkit-schema';

const at = (seconds: number) => ({ seconds: 1_700_000_000 + Math.floor(seconds), nanos: Math.round((seconds % 1) * 1e9) });
function trace(message: object): { id: string; aux: string } {
  const type = statusResponseType();
  return { id: 'moby.buildkit.trace', aux: Buffer.from(type.encode(type.fromObject(message)).finish()).toString('base64') };
}
const bytes = (text: string): string => Buffer.from(text).toString('base64');
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
    expect(millisOf(vertex?.completed ?? {}) - millisOf(vertex?.started ?? {})).toBeCloseTo(608, 0);
  });

  it('writes headers, output, and how long a step took', () => {
    const log = new BuildKitLog();
    const lines = [
      trace({ vertexes: [run] }),
      trace({ logs: [{ vertex: run.digest, stream: 1, msg: bytes('added 12') }, { vertex: run.digest, stream: 2, msg: bytes('warn\n') }] }),
      trace({ logs: [{ vertex: run.digest, stream: 1, msg: bytes(' packages\n') }] }),
      trace({ vertexes: [{ ...run, completed: at(1.25) }] }),
    ].flatMap((event) => log.read(event));
    expect(lines).toEqual([
      { step: run.name, stream: 'status', text: '#1 [2/2] RUN npm ci' },
      { step: run.name, stream: 'stderr', text: 'warn' },
      { step: run.name, stream: 'stdout', text: 'added 12 packages' },
      { step: run.name, stream: 'status', text: '#1 DONE 1.3s' },
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
    expect(log.failedStep()).toEqual({ name: run.name, error: 'exit code: 1', lastLines: ['no such package'] });
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
