import type { LogChunk } from '@osiris/contracts';
import fc from 'fast-check';
import { bytesAfterLines, LogRestarted, LogTail } from './log-tail';

const chunk = (from: number, to: number, attempt = 1, run = 'first'): LogChunk => ({
  appId: 'app',
  attempt,
  run,
  end: false,
  lines: Array.from({ length: to - from + 1 }, (_, index) => ({ seq: from + index, at: '', stream: 'stdout', text: String(from + index) })),
});

describe('LogTail', () => {
  it('gives each line once, however chunks overlap', () => {
    const tail = new LogTail(1);
    expect([chunk(1, 2), chunk(1, 4), chunk(3, 3), chunk(5, 5)].map((each) => tail.accept(each)).join('')).toBe('2\n3\n4\n5\n');
    expect([tail.lastLine, tail.broken]).toEqual([5, false]);
  });

  it('stops at a hole', () => {
    const tail = new LogTail(0);
    tail.accept(chunk(1, 2));
    expect([tail.accept(chunk(4, 5)), tail.broken, tail.lastLine]).toEqual(['', true, 2]);
  });

  it('ignores an attempt that is over, and does not mix two', () => {
    const tail = new LogTail(0);
    expect(tail.accept(chunk(1, 1, 2))).toBe('1\n');
    expect(tail.accept(chunk(1, 2, 1))).toBe('');
    expect(() => tail.accept(chunk(1, 1, 3))).toThrow(LogRestarted);
  });
});

describe('a job that is delivered again within its attempt', () => {
  it('does not splice its lines onto those of the run before', () => {
    const tail = new LogTail(0);
    expect(tail.accept(chunk(1, 2, 1, 'A'))).toBe('1\n2\n');
    expect(() => tail.accept(chunk(1, 3, 1, 'B'))).toThrow(LogRestarted);
  });

  it('is read from its first line where nothing was given yet, whatever the run before left', () => {
    const tail = new LogTail(0);
    expect([tail.accept(chunk(7, 8, 1, 'A')), tail.broken]).toEqual(['', true]);
    expect([tail.accept(chunk(1, 1, 1, 'B')), tail.broken]).toEqual(['1\n', false]);
    expect(tail.accept({ ...chunk(2, 2, 1, 'A'), end: true })).toBe('');
    expect([tail.accept(chunk(2, 2, 1, 'B')), tail.complete]).toEqual(['2\n', false]);
    tail.accept({ ...chunk(1, 0, 1, 'B'), end: true });
    expect(tail.complete).toBe(true);
  });

  it('drops what a worker that was replaced still says, also where it was never heard before', () => {
    const tail = new LogTail(0);
    tail.accept(chunk(1, 2, 1, 'B'));
    expect(tail.accept({ ...chunk(3, 9, 1, 'A'), end: true })).toBe('');
    expect([tail.accept(chunk(3, 3, 1, 'B')), tail.complete]).toEqual(['3\n', false]);
  });
});

describe('bytesAfterLines', () => {
  it('skips lines wherever the text is cut', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.string({ maxLength: 5 })), fc.nat(12), fc.integer({ min: 1, max: 7 }), async (texts, count, size) => {
        const lines = texts.map((text) => `${text.replace(/\n/g, '')}\n`);
        const whole = Buffer.from(lines.join(''));
        async function* cut() {
          for (let at = 0; at < whole.length; at += size) yield whole.subarray(at, at + size);
        }
        const parts: Uint8Array[] = [];
        for await (const part of bytesAfterLines(cut(), count)) parts.push(part);
        expect(Buffer.concat(parts).toString()).toBe(lines.slice(count).join(''));
      }),
    );
  });
});
