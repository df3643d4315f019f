import { SigningKeys } from '../signatures/signing-keys';
import { UploadTokens } from './upload-tokens';

const keys = new SigningKeys(['k'.repeat(32)]);
const at = (seconds: number) => new UploadTokens(keys, () => seconds * 1000);
const id = 'art_0123456789';
const upload = { id, kind: 'build-log' as const, owner: { appId: 'app_0123456789', buildId: 'bld_0123456789' }, contentType: 'text/plain', contentEncoding: 'gzip' as const };

describe('UploadTokens', () => {
  const { token, expiresAt } = at(1000).sign(upload, 60);

  it('carries the upload until it expires', () => {
    expect(expiresAt).toBe('1970-01-01T00:17:40.000Z');
    expect(at(1059).check(id, token)).toEqual({ ...upload, expires: 1060 });
    expect(() => at(1060).check(id, token)).toThrow(expect.objectContaining({ code: 'SIGNATURE_EXPIRED' }));
  });

  it.each([
    ['another id', 'art_9876543210', token],
    ['no token', id, ''],
    ['a payload that was changed', id, token.replace(/^./, 'f')],
    ['a signature that was changed', id, token.slice(0, -2)],
    ['a third part', id, `${token}.x`],
    ['a token of another kind', id, `${token.split('.')[0]}.${keys.sign('artifact-download', token.split('.')[0] ?? '')}`],
  ])('refuses %s', (_what, of, given) => {
    expect(() => at(1000).check(of, given)).toThrow(expect.objectContaining({ code: 'SIGNATURE_INVALID' }));
  });
});
