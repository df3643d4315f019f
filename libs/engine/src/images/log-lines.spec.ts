import fc from 'fast-check';
import { cutLine, LineSplitter, MAX_LINE_BYTES } from './log-lines';

function split(...chunks: (string | Uint8Array)[]): string[] {
  const splitter = new LineSplitter();
  return [...chunks.flatMap((chunk) => splitter.push(Buffer.from(chunk as string))), ...splitter.end()];
}

describe('LineSplitter', () => {
  it('joins partial lines', () => expect(split('he', 'llo\nwor', 'ld')).toEqual(['hello', 'world']));
  it('keeps empty lines', () => expect(split('a\n\nb\n')).toEqual(['a', '', 'b']));
  it('takes CRLF as one break, also when torn', () => expect(split('a\r', '\nb\r\n')).toEqual(['a', 'b']));
  it('keeps the last state of a progress bar', () => expect(split('10%\r20%\r', '100%\r\n')).toEqual(['100%']));
  it('keeps colours', () => expect(split('\u001b[31mred\u001b[0m\n')).toEqual(['\u001b[31mred\u001b[0m']));
  it('puts torn characters together', () => {
    const bytes = Buffer.from('grün\n');
    expect(split(bytes.subarray(0, 3), bytes.subarray(3))).toEqual(['grün']);
  });
  it('cuts lines that are too long, ended or not, and loses nothing', () => {
    const long = 'ü'.repeat(MAX_LINE_BYTES);
    for (const lines of [split(long), split(`${long}\n`)]) {
      expect(lines.join('')).toBe(long);
      expect(Math.max(...lines.map((line) => Buffer.byteLength(line)))).toBeLessThanOrEqual(MAX_LINE_BYTES);
    }
  });
  it('stays small while a progress bar never ends its line', () => {
    const splitter = new LineSplitter();
    const lines = Array.from({ length: 20_000 }, (_, i) => splitter.push(Buffer.from(`\r${i}%`))).flat();
    expect(lines).toEqual([]);
    expect(splitter.end()).toEqual(['19999%']);
  });
  it('gives the same lines however the bytes are torn', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', 'ß', '€', '😀', '\n', '\r') }), fc.array(fc.nat(200)), (text, cuts) => {
        const bytes = Buffer.from(text);
        const at = [...new Set(cuts.filter((cut) => cut < bytes.length))].sort((a, b) => a - b);
        const chunks = [0, ...at].map((start, index) => bytes.subarray(start, at[index] ?? bytes.length));
        expect(split(...chunks)).toEqual(split(bytes));
      }),
    );
  });
});

it('cutLine gives whole characters', () => expect(cutLine('a€€', 4)).toEqual(['a€', '€']));
