import { matches } from './conditional-get.interceptor';

describe('If-None-Match', () => {
  it.each([
    [undefined, false],
    ['*', true],
    ['W/"a"', true],
    ['"a"', true],
    ['"x", W/"a"', true],
    ['"x"', false],
    ['a', false],
  ])('%p', (header, expected) => expect(matches(header, 'W/"a"')).toBe(expected));
});
