import { decideAccess } from './preview-access';
import { PreviewTokens } from './preview-token';

const tokens = new PreviewTokens(['a-key-of-these-tests']);
const launchId = 'lch_0123456789';
const now = 1_000_000;
const token = tokens.sign({ launchId, exp: 2_000, use: 'url' });
const cookieHeader = `__Host-osiris-preview=${tokens.sign({ launchId, exp: 2_000, use: 'cookie' })}`;
const ask = (url: string, over: Partial<Parameters<typeof decideAccess>[1]> = {}) =>
  decideAccess(tokens, { method: 'GET', url, cookieHeader: undefined, launchId, upgrade: false, ...over }, now);

describe('decideAccess', () => {
  it.each([
    [`/?__osiris_token=${token}`, '/'],
    [`/a%2Fb/C?q=a+b&__osiris_token=${token}&r=%E4`, '/a%2Fb/C?q=a+b&r=%E4'],
    [`//evil.example/?__osiris_token=${token}`, '/.//evil.example/'],
    [`/\\evil.example?__osiris_token=${token}`, '/./\\evil.example'],
    [`http://x.example/p?__osiris_token=${token}`, '/p'],
  ])('%s leads to %s', (url, location) => expect(ask(url)).toMatchObject({ kind: 'redirect', location, setCookie: expect.stringContaining('; Partitioned') }));

  it('leaves the target as it is where the cookie is there', () => {
    expect(ask('//a/%7e?&&=x', { cookieHeader })).toEqual({ kind: 'granted', path: '//a/%7e?&&=x' });
  });

  it('passes a POST and an upgrade on, without the token', () => {
    expect(ask(`/p?__osiris_token=${token}`, { method: 'POST' })).toEqual({ kind: 'granted', path: '/p' });
    expect(ask(`/p?__osiris_token=${token}`, { upgrade: true })).toEqual({ kind: 'granted', path: '/p' });
  });

  it('cleans the address of an old link for whoever is in already', () => {
    expect(ask('/p?__osiris_token=old', { cookieHeader })).toEqual({ kind: 'redirect', location: '/p', setCookie: null });
  });

  it.each([
    ['/', {}, 'missing'],
    ['/?x__osiris_token=1', {}, 'missing'],
    ['/?__osiris_token=', {}, 'invalid'],
    [`/?__osiris_token=${token}`, { launchId: 'lch_another0123' }, 'invalid'],
    ['/', { launchId: 'lch_another0123', cookieHeader }, 'missing'],
    [`/?__osiris_token=${tokens.sign({ launchId, exp: 999, use: 'url' })}`, {}, 'expired'],
  ])('%s with %j is refused: %s', (url, over, reason) => expect(ask(url, over)).toEqual({ kind: 'refused', reason }));
});
