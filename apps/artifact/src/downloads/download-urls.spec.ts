import { SigningKeys } from '../signatures/signing-keys';
import { DownloadUrls } from './download-urls';

const KEY = 'artifacts/app_0123456789/art_0123456789';
const keys = new SigningKeys(['k'.repeat(32)]);
const at = (seconds: number) => new DownloadUrls(keys, () => seconds * 1000);
const queryOf = (url: string) => Object.fromEntries(new URL(url, 'http://hub').searchParams);

describe('DownloadUrls', () => {
  const url = at(1000).sign(KEY, 60, { contentType: 'text/plain', filename: 'build log ü.txt' });

  it('is relative to the gateway', () => {
    expect(url.startsWith(`/objects/${KEY}?expires=1060&`)).toBe(true);
  });

  it('gives back what was signed until it expires', () => {
    expect(at(1059).check(KEY, queryOf(url))).toEqual({ contentType: 'text/plain', filename: 'build log ü.txt', expiresInSeconds: 1 });
    expect(() => at(1060).check(KEY, queryOf(url))).toThrow(expect.objectContaining({ code: 'SIGNATURE_EXPIRED' }));
  });

  it('carries how the bytes are compressed', () => {
    const packed = queryOf(at(1000).sign(KEY, 60, { contentType: 'text/plain', contentEncoding: 'gzip' }));
    expect(at(1000).check(KEY, packed)).toEqual({ contentType: 'text/plain', contentEncoding: 'gzip', expiresInSeconds: 60 });
    expect(() => at(1000).check(KEY, { ...packed, encoding: '' })).toThrow(expect.objectContaining({ code: 'SIGNATURE_INVALID' }));
  });

  it.each([
    ['an encoding', { encoding: 'gzip' }],
    ['a later expiry', { expires: '9999' }],
    ['another type', { type: 'text/html' }],
    ['another name', { name: 'x.exe' }],
    ['no signature', { signature: '' }],
    ['an expiry that is no number', { expires: '1e9' }],
  ])('refuses %s', (_what, change) => {
    expect(() => at(1000).check(KEY, { ...queryOf(url), ...change })).toThrow(expect.objectContaining({ code: 'SIGNATURE_INVALID' }));
  });

  it('refuses another key', () => {
    expect(() => at(1000).check(`${KEY}x`, queryOf(url))).toThrow(expect.objectContaining({ code: 'SIGNATURE_INVALID' }));
  });
});
