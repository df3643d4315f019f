import { type LogChunk, logText } from '@osiris/contracts';
import fc from 'fast-check';
import { LogRestarted, LogTail } from './log-tail';

const chunk = (from: number, to: number, attempt = 1, run = 'first'): LogChunk => ({
  appId: 'app',
  attempt,
  run,
  end: false,
  lines: Array.from({ length: to - from + 1 }, (_, index) => ({ seq: from + index, at: '', stream: 'stdout', text: String(from + index) })),
});

/** What the tail gives of a chunk, as text. */
const given = (tail: LogTail, each: LogChunk): string => logText(tail.accept(each));

describe('LogTail', () => {
  it('gives each line once, however chunks overlap', () => {
    const tail = new LogTail(1);
    expect([chunk(1, 2), chunk(1, 4), chunk(3, 3), chunk(5, 5)].map((each) => given(tail, each)).join('')).toBe('2\n3\n4\n5\n');
    expect([tail.lastLine, tail.broken]).toEqual([5, false]);
  });

  it('stops at a hole', () => {
    const tail = new LogTail(0);
    tail.accept(chunk(1, 2));
    expect([given(tail, chunk(4, 5)), tail.broken, tail.lastLine]).toEqual(['', true, 2]);
  });

  it('ignores an attempt that is over, and does not mix two', () => {
    const tail = new LogTail(0);
    expect(given(tail, chunk(1, 1, 2))).toBe('1\n');
    expect(given(tail, chunk(1, 2, 1))).toBe('');
    expect(() => tail.accept(chunk(1, 1, 3))).toThrow(LogRestarted);
  });
});

describe('a job that is delivered again within its attempt', () => {
  it('does not splice its lines onto those of the run before', () => {
    const tail = new LogTail(0);
    expect(given(tail, chunk(1, 2, 1, 'A'))).toBe('1\n2\n');
    expect(() => tail.accept(chunk(1, 3, 1, 'B'))).toThrow(LogRestarted);
  });

  it('is read from its first line where nothing was given yet, whatever the run before left', () => {
    const tail = new LogTail(0);
    expect([given(tail, chunk(7, 8, 1, 'A')), tail.broken]).toEqual(['', true]);
    expect([given(tail, chunk(1, 1, 1, 'B')), tail.broken]).toEqual(['1\n', false]);
    expect(given(tail, { ...chunk(2, 2, 1, 'A'), end: true })).toBe('');
    expect([given(tail, chunk(2, 2, 1, 'B')), tail.complete]).toEqual(['2\n', false]);
    tail.accept({ ...chunk(1, 0, 1, 'B'), end: true });
    expect(tail.complete).toBe(true);
  });

  it('drops what a worker that was replaced still says, also where it was never heard before', () => {
    const tail = new LogTail(0);
    tail.accept(chunk(1, 2, 1, 'B'));
    expect(given(tail, { ...chunk(3, 9, 1, 'A'), end: true })).toBe('');
    expect([given(tail, chunk(3, 3, 1, 'B')), tail.complete]).toEqual(['3\n', false]);
  });
});

describe('a log in any pieces', () => {
  /** Cut anywhere, some pieces told again: what a publisher that tries again, and a reader that begins anew, make of it. */
  const pieces = fc.record({ count: fc.nat(40), cuts: fc.array(fc.tuple(fc.nat(39), fc.nat(12)), { maxLength: 12 }), after: fc.nat(45) });

  it('is given once, in order, from where the reader is', () => {
    fc.assert(
      fc.property(pieces, ({ count, cuts, after }) => {
        const tail = new LogTail(after);
        const told = cuts.map(([from, length]) => chunk(from + 1, Math.min(count, from + length)));
        const whole = Array.from({ length: count }, (_, index) => chunk(index + 1, index + 1));
        // Every line comes in its turn; between the turns come pieces that overlap what came, or leave some out.
        const all = whole.flatMap((one, index) => [...told.filter((_, piece) => piece % count === index), one]);
        const seqs = all.flatMap((each) => tail.accept(each).map(({ seq }) => seq));
        expect(seqs).toEqual(Array.from({ length: Math.max(0, count - after) }, (_, index) => after + index + 1));
      }),
    );
  });

  it('has a hole exactly while the next line is missing', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 20 }), (before, missing) => {
        const tail = new LogTail(0);
        tail.accept(chunk(1, before));
        tail.accept(chunk(before + missing + 1, before + missing + 2));
        expect([tail.broken, tail.lastLine]).toEqual([true, before]);
        const rest = tail.accept(chunk(before, before + missing + 2));
        expect([tail.broken, rest[0]?.seq, tail.lastLine]).toEqual([false, before + 1, before + missing + 2]);
      }),
    );
  });
});
