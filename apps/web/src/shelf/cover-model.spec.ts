import fc from 'fast-check';
import { glyphOf, GLYPHS } from './cover-glyphs';
import { COMPOSITIONS, coverModel, linesOf, monogramOf } from './cover-model';

const named = (name: string, slug = name) => ({ name, slug });
const tag = (value: string) => ({ key: 'kind', value });

describe('coverModel', () => {
  it('is the same for the same name and tag, and whole for any', () => {
    fc.assert(
      fc.property(fc.string(), fc.option(fc.string()), (name, value) => {
        const mainTag = value === null ? null : tag(value);
        const cover = coverModel(named(name), mainTag);
        expect(coverModel(named(name), mainTag)).toEqual(cover);
        expect(COMPOSITIONS).toContain(cover.composition);
        expect(Object.keys(GLYPHS)).toContain(cover.glyph);
        expect(cover.dice.every((die) => die >= 0 && die < 1)).toBe(true);
      }),
    );
  });

  it('draws kin and namesakes apart: hardly two share composition and colours', () => {
    const covers = Array.from({ length: 24 }, (_, n) => coverModel(named('Chess', `owner${n}/chess`), tag('game')));
    const looks = new Set(covers.map(({ composition, colours }) => `${composition} ${colours.ground} ${colours.accent}`));
    expect(looks.size).toBeGreaterThanOrEqual(23);
    expect(new Set(covers.map(({ glyph }) => glyph))).toEqual(new Set(['game']));
  });

  it('uses all compositions', () => {
    const used = new Set(Array.from({ length: 300 }, (_, n) => coverModel(named(`app ${n}`), null).composition));
    expect(used.size).toBe(COMPOSITIONS.length);
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

describe('linesOf', () => {
  it.each([
    ['Greeting Card', ['Greeting', 'Card']],
    ['left-pad', ['left', 'pad']],
    ['internationalisation', []],
    ['a b c d', []],
  ])('%s → %j', (name, lines) => expect(linesOf(name)).toEqual(lines));
});

describe('glyphOf', () => {
  it.each([
    ['game', 'game'],
    ['generative-art', 'brush'],
    ['monitoring', 'bars'],
    ['typescript', 'braces'],
    ['zzz', 'ankh'],
    [undefined, 'ankh'],
  ])('%s → %s', (value, glyph) => expect(glyphOf(value)).toBe(glyph));
});
