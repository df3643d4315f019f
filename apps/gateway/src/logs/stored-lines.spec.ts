import type { LogLine } from '@osiris/contracts';
import fc from 'fast-check';
import { formatLines, type LogFormat } from './log-format';
import { bytesAfterLines, linesOfText } from './stored-lines';

const AT = '2026-01-01T00:00:00.000Z';
/** Any text that one line may have: also separators that are line breaks elsewhere, and halves of surrogates never. */
const text = fc.string({ unit: 'grapheme', maxLength: 12 }).map((each) => each.replace(/\n/g, '\u2028'));
const line = fc.record(
  {
    stream: fc.constantFrom<LogLine['stream']>('stdout', 'stderr', 'status'),
    step: text,
    stepId: fc.integer({ min: 1, max: 9 }),
    event: fc.constantFrom<NonNullable<LogLine['event']>>('begin', 'done', 'cached', 'failed', 'canceled'),
    durationMs: fc.nat(),
    text,
  },
  { requiredKeys: ['stream', 'text'] },
);
const log = fc.array(line, { maxLength: 20 }).map((lines) => lines.map((each, index): LogLine => ({ seq: index + 1, at: AT, ...each })));

async function* cut(whole: Buffer, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < whole.length; at += size) yield whole.subarray(at, at + size);
}

async function collect<T>(parts: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const part of parts) all.push(part);
  return all;
}

describe('bytesAfterLines', () => {
  it.each<LogFormat>(['text', 'ndjson'])('skips lines of %s wherever the bytes are cut: the same as those that are formatted', async (format) => {
    await fc.assert(
      fc.asyncProperty(log, fc.nat(22), fc.integer({ min: 1, max: 40 }), async (lines, after, size) => {
        const parts = await collect(bytesAfterLines(cut(Buffer.from(formatLines(lines, format)), size), after));
        expect(Buffer.concat(parts).toString()).toBe(formatLines(lines.slice(after), format));
      }),
    );
  });

  it('passes on what comes after as it came, without copying it', async () => {
    const parts = [Buffer.from('one\ntwo\n'), Buffer.from('three\n')];
    const given = await collect(bytesAfterLines((async function* () { yield* parts; })(), 1));
    expect(given.map((part) => part.buffer)).toEqual(parts.map((part) => part.buffer));
  });
});

describe('linesOfText', () => {
  it('numbers the lines of a text wherever it is cut, and none comes apart', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(text), fc.integer({ min: 1, max: 9 }), async (texts, size) => {
        const lines = (await collect(linesOfText(cut(Buffer.from(texts.map((each) => `${each}\n`).join('')), size), AT))).flat();
        expect(lines).toEqual(texts.map((each, index) => ({ seq: index + 1, at: AT, stream: 'stdout', text: each })));
      }),
    );
  });

  it('takes a last line without its end', async () => {
    expect((await collect(linesOfText(cut(Buffer.from('one\ntwo'), 4), AT))).flat().map(({ text: each }) => each)).toEqual(['one', 'two']);
  });

  it('holds no more of a line than a LogLine may have', async () => {
    const flood = cut(Buffer.from(`${'x'.repeat(200_000)}\nnext\n`), 5_000);
    expect((await collect(linesOfText(flood, AT))).flat().map(({ text: each }) => each.length)).toEqual([16 * 1024, 4]);
  });
});
