import { addChunk, addText, beginsAnew, hasHole, noLines, readable } from './log-lines';

const chunk = (attempt: number, from: number, texts: string[], end = false, run = `run ${attempt}`) => ({
  attempt,
  run,
  end,
  lines: texts.map((text, index) => ({ seq: from + index, at: '2026-01-01T00:00:00Z', stream: 'stdout' as const, text })),
});

describe('a log from two sources', () => {
  it('shows live lines only once the lines before them are there', () => {
    const live = addChunk(noLines, chunk(1, 3, ['c']));
    expect(hasHole(live)).toBe(true);
    expect(readable(live)).toEqual([]);
    const whole = addText(live, 1, ['a', 'b']);
    expect(readable(whole)).toEqual(['a', 'b', 'c']);
    expect(hasHole(whole)).toBe(false);
  });

  it('takes what comes twice once', () => {
    const log = addChunk(addText(noLines, 1, ['a', 'b']), chunk(1, 2, ['b', 'c'], true));
    expect(readable(log)).toEqual(['a', 'b', 'c']);
    expect(log.ended).toBe(true);
  });

  it('begins anew with a later attempt and drops an earlier one', () => {
    const second = addChunk(addChunk(noLines, chunk(1, 1, ['old'], true)), chunk(2, 1, ['new']));
    expect(readable(second)).toEqual(['new']);
    expect(second.ended).toBe(false);
    expect(addChunk(second, chunk(1, 2, ['late']))).toBe(second);
  });
});

describe('a job that is delivered again', () => {
  it('begins anew within its attempt, once, and late lines of the run before are dropped', () => {
    const first = addChunk(noLines, chunk(1, 1, ['old', 'older'], false, 'A'));
    expect(beginsAnew(first, chunk(1, 3, ['more'], false, 'A'))).toBe(false);
    const again = chunk(1, 1, ['new'], false, 'B');
    expect(beginsAnew(first, again)).toBe(true);
    const second = addChunk(first, again);
    expect(readable(second)).toEqual(['new']);
    expect(addChunk(second, chunk(1, 3, ['late'], true, 'A'))).toBe(second);
    expect(readable(addChunk(second, chunk(1, 2, ['newer'], false, 'B')))).toEqual(['new', 'newer']);
  });
});
