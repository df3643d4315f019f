import fc from 'fast-check';
import { COVER_PATTERNS, coverModel, monogramOf } from './cover-model';

describe('coverModel', () => {
  it('is the same for the same name and tag, and whole for any', () => {
    fc.assert(
      fc.property(fc.string(), fc.option(fc.string()), (name, tag) => {
        const cover = coverModel(name, tag);
        expect(coverModel(name, tag)).toEqual(cover);
        expect(COVER_PATTERNS).toContain(cover.pattern);
        expect(cover.dice.every((die) => die >= 0 && die < 1)).toBe(true);
      }),
    );
  });

  it('gives kin one pattern and uses all of them', () => {
    expect(coverModel('Chess', 'kind:game').pattern).toBe(coverModel('Pong', 'kind:game').pattern);
    const patterns = new Set(Array.from({ length: 200 }, (_, n) => coverModel(`app ${n}`, `tag:${n}`).pattern));
    expect(patterns.size).toBe(COVER_PATTERNS.length);
  });
});

describe('monogramOf', () => {
  it.each([
    ['Nile Chess', 'NC'],
    ['pong', 'Po'],
    ['x', 'X'],
    ['', ''],
    ['été-hiver', 'ÉH'],
  ])('%s → %s', (name, letters) => expect(monogramOf(name)).toBe(letters));
});
