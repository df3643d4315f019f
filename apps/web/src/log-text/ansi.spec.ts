import fc from 'fast-check';
import { lastWritten, parseAnsi, plainText } from './ansi';
import { coloursOf, contrastOf, readableOn, rgbOf } from './ansi-colours';
import { cutByMatches, finderOf } from './matches';
import { cellsOf } from './text-cells';

const told = (text: string) => parseAnsi(text).spans.map((span) => [span.text, span.style]);

describe('parseAnsi', () => {
  it('reads the sixteen colours, marks and their ends', () => {
    expect(told('a\u001b[1;31mb\u001b[22mc\u001b[0md\u001b[4;97;100me')).toEqual([
      ['a', {}], ['b', { bold: true, fg: 1 }], ['c', { fg: 1 }], ['d', {}], ['e', { underline: true, fg: 15, bg: 8 }],
    ]);
  });

  it('reads 256 colours and true colours, in both notations', () => {
    expect(told('\u001b[38;5;208mx\u001b[48;2;1;2;255my\u001b[0;38:2::9:8:7mz\u001b[38:5:20mw')).toEqual([
      ['x', { fg: 208 }], ['y', { fg: 208, bg: '#0102ff' }], ['z', { fg: '#090807' }], ['w', { fg: 20 }],
    ]);
  });

  it('is not led astray by colours that are none', () => {
    expect(told('\u001b[38;5;999mx\u001b[38;2;1;2my\u001b[38mz\u001b[777mw')).toEqual([['xyzw', {}]]);
  });

  it('drops cursor moves, titles, links and what never ends', () => {
    const link = '\u001b]8;;https://evil.example\u0007click\u001b]8;;\u0007';
    expect(plainText(`\u001b[2K\u001b[1A${link}\u001b]0;title\u001b\\ here\u001b(B\u0007`)).toBe('click here');
    expect(plainText('a\u001b]0;never ends')).toBe('a');
    expect(plainText('a\u001b[12')).toBe('a');
    expect(plainText('safe\u202etxt.exe\u2066')).toBe('safetxt.exe');
  });

  it('goes on in the style in which the line before it ended', () => {
    const { end } = parseAnsi('\u001b[32mgreen');
    expect(parseAnsi('still', end).spans).toEqual([{ text: 'still', style: { fg: 2 } }]);
    expect(parseAnsi('\u001b[mno more', end)).toEqual({ spans: [{ text: 'no more', style: {} }], end: {} });
  });

  it('leaves no control character in any text, and agrees with what is searched', () => {
    const piece = fc.oneof(fc.string(), fc.constantFrom('\u001b', '\u001b[', '\u001b]', '\u001b[31m', '\u001b[38;2;', '\u0007', '\u009b', '\r', '\u001b[0m', '\u001bP', '\u009c', '\u001b\\'));
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const text = pieces.join('');
        const joined = parseAnsi(text).spans.map((span) => span.text).join('');
        expect(joined).toBe(plainText(text));
        expect(joined).not.toMatch(/[\u0000-\u0008\u000a-\u001f\u007f-\u009f]/);
      }),
    );
  });

  it('takes the last of what a progress bar wrote', () => {
    expect(lastWritten('10%\r20%\r30%\r')).toBe('30%');
    expect(lastWritten('plain')).toBe('plain');
  });
});

describe('colours', () => {
  it('can be read on their ground, whichever they are', () => {
    const colour = fc.oneof(fc.integer({ min: 0, max: 255 }), fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255)).map((rgb) => `#${rgb.map((value) => value.toString(16).padStart(2, '0')).join('')}`));
    fc.assert(
      fc.property(colour, colour, (ink, ground) => {
        expect(contrastOf(readableOn(rgbOf(ink), rgbOf(ground)), rgbOf(ground))).toBeGreaterThanOrEqual(4.5);
      }),
    );
  });

  it('are tokens where the ground is the log’s own', () => {
    expect(coloursOf({ fg: 9 })).toEqual({ color: 'var(--ansi-red)' });
    expect(coloursOf({})).toEqual({});
    expect(coloursOf({ inverse: true })).toEqual({ color: 'rgb(12 20 18)', background: 'rgb(217 224 218)' });
  });
});

describe('matches and cells', () => {
  it('cuts a text where something was found, whatever is in the query', () => {
    expect('a.b A.B axb'.match(finderOf('a.b') ?? /$^/)).toEqual(['a.b', 'A.B']);
    expect(cutByMatches('abcdef', [{ from: -2, to: 1 }, { from: 3, to: 9 }])).toEqual([
      { text: 'a', matched: true }, { text: 'bc', matched: false }, { text: 'def', matched: true },
    ]);
  });

  it('counts the columns of a terminal', () => {
    expect([cellsOf('abc'), cellsOf('\u001b[31mabc\u001b[0m'), cellsOf('a\tb'), cellsOf('日本'), cellsOf('e\u0301')]).toEqual([3, 3, 9, 4, 1]);
  });
});
