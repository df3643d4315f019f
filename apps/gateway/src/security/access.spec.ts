import { checkWrite } from './access.guard';
import { bearerOf, findToken, parseTokens } from './tokens';

const codeOf = (work: () => void): string | undefined => {
  try {
    work();
    return undefined;
  } catch (error) {
    return (error as { code?: string }).code;
  }
};

describe('tokens', () => {
  const tokens = parseTokens('ci:publisher:s3:cr:et, eve:viewer:look,');

  it('are read, secrets with colons too', () => {
    expect(tokens.map(({ name, role }) => [name, role])).toEqual([['ci', 'publisher'], ['eve', 'viewer']]);
    expect(findToken(tokens, 's3:cr:et')?.name).toBe('ci');
    expect(findToken(tokens, 's3')).toBeUndefined();
  });

  it.each(['ci:publisher', 'ci:god:x', ':viewer:x', 'ci:viewer:'])('%s is refused, without its text', (text) => {
    expect(() => parseTokens(text)).toThrow(/^entry 1 /);
  });

  it.each([
    ['Bearer abc', 'abc'],
    ['bearer  abc', 'abc'],
    ['Basic abc', undefined],
    ['Bearer a b', undefined],
    [undefined, undefined],
  ])('%p carries %p', (header, secret) => expect(bearerOf(header)).toBe(secret));

  it.each([
    [[], undefined, '127.0.0.1', false, undefined],
    [[], undefined, '10.0.0.9', false, 'FORBIDDEN'],
    [[], undefined, '127.0.0.1', true, 'FORBIDDEN'],
    [[], undefined, undefined, false, 'FORBIDDEN'],
    [tokens, undefined, '127.0.0.1', false, 'UNAUTHENTICATED'],
    [tokens, 'Bearer wrong', '127.0.0.1', false, 'UNAUTHENTICATED'],
    [tokens, 'Bearer look', '127.0.0.1', false, 'FORBIDDEN'],
    [tokens, 'Bearer s3:cr:et', '10.0.0.9', true, undefined],
  ])('write %# is judged', (known, authorization, peer, proxied, code) => {
    expect(codeOf(() => checkWrite(known, { authorization, peer, proxied }))).toBe(code);
  });
});
