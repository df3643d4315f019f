import { FLUSH, pktLine, pktLines } from './pkt-line';

it('counts bytes, its own four included', () => {
  expect(pktLine('a\n')).toBe('0006a\n');
  expect(pktLine('ü')).toBe('0006ü');
});

it('reads lines up to the end, or to what is none', () => {
  const lines = ['one\n', 'zwei ü\n', 'three'].map(pktLine).join('');
  expect(pktLines(lines + FLUSH + pktLine('after'))).toEqual(['one', 'zwei ü', 'three']);
  expect(pktLines(lines)).toHaveLength(3);
  expect(pktLines(`${pktLine('one')}zzzzbroken`)).toEqual(['one']);
  expect(pktLines(`${pktLine('one')}00ffshort`)).toEqual(['one']);
  expect(pktLines('')).toEqual([]);
});
