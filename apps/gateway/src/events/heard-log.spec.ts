import type { LogChunk } from '@osiris/contracts';
import type { Logger } from '@osiris/service-kit';
import { LogEntry } from '../logs/log-entry';
import { HeardLog } from './heard-log';

const chunk = (from: number, to: number, { run = 'A', end = false } = {}): LogChunk => ({
  appId: 'app_0123456789',
  attempt: 1,
  run,
  end,
  lines: Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => ({ seq: from + index, at: '2026-01-01T00:00:00.000Z', stream: 'stdout', text: 'x' })),
});

/** A log that is heard, and what the stream has kept of it. */
function aLog(stored: LogChunk[] = []) {
  const told: string[] = [];
  const kept = async function* (after: number) {
    for (const [index, each] of stored.entries()) {
      const entry = LogEntry.read(index + 1, Buffer.from(JSON.stringify(each)));
      if (entry && entry.sequence > after) yield entry;
    }
  };
  const tell = (each: LogChunk, lines: readonly { seq: number }[]): void => void told.push(`${each.run}${lines.map(({ seq }) => seq).join(',')}${each.end ? '.' : ''}`);
  return { log: new HeardLog('app_0123456789', tell, kept, { debug: () => undefined } as unknown as Logger), told };
}

describe('a log that is heard', () => {
  it('is told from the first line heard, each once, also where its publisher tries again', () => {
    const { log, told } = aLog();
    for (const each of [chunk(4, 5), chunk(4, 5), chunk(5, 7), chunk(8, 7, { end: true })]) log.hear(each);
    expect(told).toEqual(['A4,5', 'A6,7', 'A.']);
  });

  it('reads what was missed, and goes on with what is heard meanwhile', async () => {
    const { log, told } = aLog([chunk(1, 2), chunk(3, 4), chunk(5, 5)]);
    log.hear(chunk(1, 2));
    log.hear(chunk(5, 5));
    log.hear(chunk(6, 6));
    await new Promise(setImmediate);
    expect(told).toEqual(['A1,2', 'A3,4', 'A5', 'A6']);
  });

  it('reads again where more was heard than it holds', async () => {
    const stored = [chunk(1, 1), chunk(2, 2)];
    const { log, told } = aLog(stored);
    log.hear(chunk(1, 1));
    log.hear(chunk(3, 3));
    for (let seq = 3; seq <= 40; seq++) {
      stored.push(chunk(seq, seq));
      log.hear(chunk(seq, seq));
    }
    await new Promise(setImmediate);
    await new Promise(setImmediate);
    expect(told).toEqual(Array.from({ length: 40 }, (_, index) => `A${index + 1}`));
  });

  it('goes on with a hole where the lines are lost, and with a run that tells the log anew', async () => {
    const { log, told } = aLog([]);
    log.hear(chunk(1, 1));
    log.hear(chunk(5, 5));
    await new Promise(setImmediate);
    log.hear(chunk(6, 6));
    log.hear(chunk(1, 2, { run: 'B' }));
    log.hear(chunk(7, 7));
    expect(told).toEqual(['A1', 'A5', 'A6', 'B1,2']);
  });
});
