import { rangesOf } from './highlights';

describe('rangesOf', () => {
  it.each([
    ['Hello hello', ['hello'], [[0, 5], [6, 11]]], // prettier-ignore
    ['abcdef', ['bcd', 'cde'], [[1, 5]]],
    ['50% off_', ['%', '_'], [[2, 3], [7, 8]]], // prettier-ignore
    ['İstanbul app', ['app'], [[9, 12]]],
    ['x.y', ['.'], [[1, 2]]],
    ['nothing', ['z'], []],
  ])('%j for %j', (text, words, ranges) => expect(rangesOf(text, words)).toEqual(ranges));
});
