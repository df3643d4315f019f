import type { LogLine } from '@osiris/contracts';
import fc from 'fast-check';
import { countOf, hasHole, type Merged, mergeLive, mergeServed, type MergeState, nothingYet } from './log-merge';

const line = (seq: number, text = `line ${seq}`): LogLine => ({ seq, at: '2026-01-01T00:00:00Z', stream: 'stdout', text });
const lines = (from: number, to: number): LogLine[] => Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => line(from + index));
const chunk = (from: number, to: number, more: { attempt?: number; run?: string; end?: boolean; texts?: string } = {}) => ({
  attempt: more.attempt ?? 1, run: more.run ?? 'A', end: more.end ?? false,
  lines: more.texts ? lines(from, to).map(({ seq }) => line(seq, `${more.texts} ${seq}`)) : lines(from, to),
});

/** What a page would show after these. */
function shown(inputs: readonly ((state: MergeState) => Merged)[]): { texts: string[]; state: MergeState } {
  let state = nothingYet;
  let texts: string[] = [];
  for (const input of inputs) {
    const merged = input(state);
    state = merged.state;
    texts = [...(merged.restart ? [] : texts), ...merged.append.map(({ text }) => text)];
  }
  return { texts, state };
}

describe('a log from two sources', () => {
  it('shows live lines only once the lines before them are there', () => {
    const { state, texts } = shown([(now) => mergeLive(now, chunk(3, 4))]);
    expect([texts, hasHole(state), countOf(state)]).toEqual([[], true, 0]);
    const filled = mergeServed(state, lines(1, 2));
    expect(filled.append.map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
    expect([hasHole(filled.state), countOf(filled.state)]).toEqual([false, 4]);
  });

  it('begins anew with a later attempt or another run, and drops what is late', () => {
    const { texts, state } = shown([
      (now) => mergeLive(now, chunk(1, 2)),
      (now) => mergeLive(now, chunk(1, 1, { run: 'B', texts: 'new' })),
      (now) => mergeLive(now, chunk(3, 9, { run: 'A', end: true })),
      (now) => mergeLive(now, chunk(2, 2, { run: 'B', texts: 'new' })),
    ]);
    expect([texts, state.ended]).toEqual([['new 1', 'new 2'], false]);
    expect(mergeLive(state, chunk(1, 1, { attempt: 2, run: 'C' })).restart).toBe(true);
    expect(mergeLive(state, chunk(1, 1, { attempt: 0, run: 'Z' })).state).toBe(state);
  });

  it('notices by the line it has already that the log was begun anew while it was away', () => {
    const { state } = shown([(now) => mergeServed(now, lines(1, 5))]);
    expect(mergeServed(state, lines(5, 7))).toMatchObject({ restart: false, append: lines(6, 7) });
    expect(mergeServed(state, [line(5, 'other'), line(6)])).toEqual({ state: nothingYet, restart: true, stale: false, append: [] });
  });

  it('keeps the lines of a newer run where the run before is still served', () => {
    const later = (seq: number): LogLine => ({ ...line(seq, `anew ${seq}`), at: '2026-01-01T00:01:00Z' });
    const { state } = shown([
      (now) => mergeServed(now, lines(1, 200)),
      (now) => mergeLive(now, chunk(1, 200)),
      (now) => mergeLive(now, { attempt: 1, run: 'B', end: false, lines: [1, 2, 3].map(later) }),
    ]);
    expect(mergeServed(state, lines(3, 200))).toEqual({ state, restart: false, stale: true, append: [] });
    // Nor may they fill the hole before lines that wait.
    const holed = mergeLive(state, { attempt: 1, run: 'B', end: false, lines: [6, 7].map(later) }).state;
    expect(mergeServed(holed, lines(4, 200))).toEqual({ state: holed, restart: false, stale: true, append: [] });
    expect(mergeServed(holed, [3, 4, 5].map(later)).append.map(({ text }) => text)).toEqual(['anew 4', 'anew 5', 'anew 6', 'anew 7']);
  });

  it('knows of a hole also where it does not hold what lies beyond', () => {
    const { state } = shown([(now) => mergeLive(now, chunk(2, 5_001)), (now) => mergeLive(now, chunk(5_002, 5_003, { end: true }))]);
    const filled = mergeServed(state, lines(1, 1));
    expect([filled.append.length, hasHole(filled.state), filled.state.ended]).toEqual([5_001, true, true]);
    expect(hasHole(mergeServed(filled.state, lines(5_002, 5_003)).state)).toBe(false);
  });

  it('ends with the last chunk', () => {
    expect(shown([(now) => mergeLive(now, chunk(1, 1, { end: true }))]).state.ended).toBe(true);
  });

  it('gives each line once and in order, however pieces of it come', () => {
    const piece = fc.record({ from: fc.integer({ min: 1, max: 40 }), length: fc.integer({ min: 1, max: 12 }), live: fc.boolean() });
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        const of = ({ from, length, live }: (typeof pieces)[number]) => (state: MergeState) => (live ? mergeLive(state, chunk(from, from + length - 1)) : mergeServed(state, lines(from, from + length - 1)));
        const before = shown(pieces.map(of));
        expect(before.texts).toEqual(lines(1, countOf(before.state)).map(({ text }) => text));
        const known = new Set(pieces.flatMap(({ from, length }) => lines(from, from + length - 1).map(({ seq }) => seq)));
        let whole = 0;
        while (known.has(whole + 1)) whole++;
        expect(countOf(before.state)).toBe(whole);
        // Once the whole is served nothing is missing, whatever came before.
        const after = shown([...pieces.map(of), (state) => mergeServed(state, lines(1, 60))]);
        expect(after.texts).toEqual(lines(1, 60).map(({ text }) => text));
        expect(hasHole(after.state)).toBe(false);
      }),
    );
  });
});
