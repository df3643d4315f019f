import { createHmac } from 'node:crypto';
import { PreviewTokens } from './preview-token';

const claims = { launchId: 'lch_0123456789', exp: 2_000, use: 'url' as const };
const before = 1_999_000;

describe('preview tokens', () => {
  const tokens = new PreviewTokens(['first-key-first-key']);
  const token = tokens.sign(claims);

  it('are JWTs signed as RFC 7515 says', () => {
    const [header = '', payload = '', signature = ''] = token.split('.');
    const read = (part: string): unknown => JSON.parse(Buffer.from(part, 'base64url').toString());
    expect([read(header), read(payload)]).toEqual([{ alg: 'HS256', typ: 'JWT' }, claims]);
    expect(signature).toBe(createHmac('sha256', 'first-key-first-key').update(`${header}.${payload}`).digest('base64url'));
  });

  it('hold until they expire', () => {
    expect(tokens.verify(token, before)).toEqual({ valid: true, claims });
    expect(tokens.verify(token, 2_000_000)).toEqual({ valid: false, reason: 'expired' });
  });

  it('are verified by every key and signed by the first, so that keys can be changed', () => {
    const rotated = new PreviewTokens(['second-key-second-key', 'first-key-first-key']);
    expect(rotated.verify(token, before).valid).toBe(true);
    expect(tokens.verify(rotated.sign(claims), before)).toEqual({ valid: false, reason: 'forged' });
    expect(new PreviewTokens(['second-key-second-key']).verify(token, before)).toEqual({ valid: false, reason: 'forged' });
  });

  it('do not survive a change of any part', () => {
    const [header = '', payload = '', signature = ''] = token.split('.');
    const none = Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url');
    const other = Buffer.from(JSON.stringify({ ...claims, exp: 9e9 })).toString('base64url');
    for (const changed of [`${none}.${payload}.`, `${none}.${payload}.${signature}`, `${header}.${other}.${signature}`, `${header}.${payload}.AAAA`, `${token}.x`, '', 'a.b']) {
      expect(tokens.verify(changed, before).valid).toBe(false);
    }
  });
});
