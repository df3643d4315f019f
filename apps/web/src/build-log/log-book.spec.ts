import type { LogLine } from '@osiris/contracts';
import fc from 'fast-check';
import { LineStore } from './line-store';
import { extendTo, readLineRange, writeLineRange } from './line-range';
import { LogBook } from './log-book';
import { LogSearch } from './log-search';
import { createLineCutter, readLine } from './read-lines';
import { type Row, RowLayout } from './row-layout';

const at = (seconds: number): string => new Date(1_767_225_600_000 + seconds * 1_000).toISOString();
let seq = 0;
const line = (text: string, more: Partial<LogLine> = {}): LogLine => ({ seq: ++seq, at: at(seq), stream: 'stdout', text, ...more });
const bookOf = (lines: LogLine[]): LogBook => {
  const book = new LogBook();
  book.append(lines);
  return book;
};
/** Two steps that run at once, one cached before them, and words of no step around. */
const parallel = (): LogBook =>
  bookOf([
    line('Fetching'),
    line('[1/3] FROM busybox', { stepId: 1, step: '[1/3] FROM busybox', stream: 'status', event: 'begin' }),
    line('CACHED', { stepId: 1, step: '[1/3] FROM busybox', stream: 'status', event: 'cached', durationMs: 0 }),
    line('[2/3] RUN a', { stepId: 2, step: '[2/3] RUN a', stream: 'status', event: 'begin' }),
    line('[3/3] RUN b', { stepId: 3, step: '[3/3] RUN b', stream: 'status', event: 'begin' }),
    line('a1', { stepId: 2, step: '[2/3] RUN a' }),
    line('b1', { stepId: 3, step: '[3/3] RUN b', stream: 'stderr' }),
    line('a2', { stepId: 2, step: '[2/3] RUN a' }),
    line('exit code: 7', { stepId: 3, step: '[3/3] RUN b', stream: 'status', event: 'failed', durationMs: 1_250 }),
    line('The build failed'),
  ]);
beforeEach(() => void (seq = 0));

const textOf = (book: LogBook, { section, offset }: Row): string => (offset < 0 ? `== ${section.step?.name}` : book.store.text(section.lines.at(offset)));
const MEASURES = { columns: 10, linePx: 20, headerPx: 40 };
function rowsOf(book: LogBook, open: boolean, measures = MEASURES): string[] {
  const layout = new RowLayout(book, measures);
  layout.update(() => open);
  const first = layout.rowAt(0);
  return first ? [...layout.rowsFrom(first, Infinity)].map((row) => textOf(book, row)) : [];
}

describe('LogBook', () => {
  it('groups interleaved lines by step, with state and duration', () => {
    const book = parallel();
    expect(rowsOf(book, true)).toEqual(['Fetching', '== [1/3] FROM busybox', '== [2/3] RUN a', 'a1', 'a2', '== [3/3] RUN b', 'b1', 'exit code: 7', 'The build failed']);
    expect(rowsOf(book, false)).toEqual(['Fetching', '== [1/3] FROM busybox', '== [2/3] RUN a', '== [3/3] RUN b', 'The build failed']);
    expect(book.sections.flatMap(({ step }) => (step ? [[step.number, step.state, step.durationMs]] : []))).toEqual([[1, 'cached', 0], [2, 'running', null], [3, 'failed', 1_250]]);
    expect([book.step(3)?.step?.name, book.sectionOf(6)?.step?.number, book.sectionOf(99)]).toEqual(['[3/3] RUN b', 3, undefined]);
  });

  it('shows a log without steps as one list', () => {
    expect(rowsOf(bookOf([line('a'), line('b')]), false)).toEqual(['a', 'b']);
    expect(rowsOf(bookOf([]), true)).toEqual([]);
  });

  it('keeps a colour that a line left on, within its step', () => {
    const book = bookOf([line('\u001b[31mred', { stepId: 1 }), line('other', { stepId: 2 }), line('still', { stepId: 1 }), line('\u001b[0moff', { stepId: 1 }), line('plain', { stepId: 1 })]);
    expect([0, 1, 2, 3, 4].map((index) => book.startOf(index))).toEqual([undefined, undefined, { fg: 1 }, { fg: 1 }, undefined]);
  });
});

describe('LineStore', () => {
  it('gives back what it was given, over its blocks', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme', maxLength: 6 }), { minLength: 1, maxLength: 40 }), fc.integer({ min: 1, max: 90 }), (texts, times) => {
        const store = new LineStore();
        const all = Array.from({ length: times }, () => texts).flat();
        all.forEach((text, index) => store.append({ text, at: at(index), stream: index % 2 ? 'stderr' : 'status' }));
        expect(all.map((_, index) => store.text(index))).toEqual(all);
        expect([store.count, store.at(all.length - 1), store.stream(0)]).toEqual([all.length, Date.parse(at(all.length - 1)), 'status']);
      }),
      { numRuns: 30 },
    );
  });
});

describe('RowLayout', () => {
  it('finds the row at every height, and every row’s height, whatever is wrapped or folded', () => {
    const lines = fc.array(fc.record({ text: fc.string({ maxLength: 35 }), stepId: fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined }) }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(lines, fc.array(fc.boolean(), { minLength: 9, maxLength: 9 }), fc.constantFrom(10, 7, Infinity), (given, open, columns) => {
        seq = 0;
        const book = bookOf(given.map(({ text, stepId }) => line(text, { stepId, step: stepId === undefined ? undefined : `s${stepId}` })));
        const layout = new RowLayout(book, { ...MEASURES, columns });
        layout.update((section) => open[section.index % 9] ?? true);
        const rows = [...layout.rowsFrom(layout.rowAt(0) as Row, Infinity)];
        const tops = rows.map((row) => layout.topOf(row));
        expect(tops).toEqual([...tops].sort((a, b) => a - b));
        rows.forEach((row, index) => {
          const end = tops[index + 1] ?? layout.height;
          expect(layout.rowAt((tops[index] ?? 0) + (end - (tops[index] ?? 0)) / 2)).toEqual(row);
          if (row.offset >= 0) expect(layout.rowOf(row.section.lines.at(row.offset))).toEqual(row);
        });
      }),
      { numRuns: 60 },
    );
  });

  it('takes in only what is new', () => {
    const book = parallel();
    const layout = new RowLayout(book, MEASURES);
    layout.update(() => true);
    const before = layout.height;
    book.append([line('a3 that is longer than ten', { stepId: 2 })]);
    layout.update(() => true);
    expect(layout.height - before).toBe(60);
  });
});

describe('LogSearch', () => {
  it('finds lines and steps in the order shown, in pieces, and in what comes later', () => {
    const book = parallel();
    const search = new LogSearch(book, 'A');
    while (search.advance(1));
    const all = (): string[] => Array.from({ length: search.count }, (_, place) => textOf(book, search.nth(place) as Row));
    expect(all()).toEqual(['== [2/3] RUN a', 'a1', 'a2', 'The build failed']);
    book.append([line('aha', { stepId: 2 })]);
    search.advance();
    expect([all(), search.complete]).toEqual([['== [2/3] RUN a', 'a1', 'a2', 'aha', 'The build failed'], true]);
    expect(search.sectionsWithMatches().map(({ step }) => step?.number)).toEqual([2, undefined]);
  });

  it('finds nothing for nothing', () => {
    const search = new LogSearch(parallel(), '');
    expect([search.advance(), search.count, search.nth(0)]).toEqual([false, 0, null]);
  });
});

describe('lines in addresses and answers', () => {
  it('reads and writes ranges', () => {
    expect([readLineRange('#L3'), readLineRange('#L9-L2'), readLineRange('#L0'), readLineRange('#Lx'), readLineRange('')]).toEqual([{ from: 3, to: 3 }, { from: 2, to: 9 }, null, null, null]);
    expect([writeLineRange({ from: 3, to: 3 }), writeLineRange({ from: 2, to: 9 })]).toEqual(['#L3', '#L2-L9']);
    expect([extendTo(null, 4), extendTo({ from: 4, to: 4 }, 2), extendTo({ from: 2, to: 4 }, 9)]).toEqual([{ from: 4, to: 4 }, { from: 2, to: 4 }, { from: 2, to: 9 }]);
  });

  it('cuts text into lines wherever the pieces end, and reads what is a line', () => {
    const cut = createLineCutter();
    expect([...cut('on'), ...cut('e\ntw'), ...cut('o\n\nthr')]).toEqual(['one', 'two', '']);
    expect([readLine('{"seq":1,"text":"x"}'), readLine('{"seq":1}'), readLine('null'), readLine('{')]).toEqual([{ seq: 1, text: 'x' }, null, null, null]);
  });
});
