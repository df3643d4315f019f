import { envSchema } from './env';

const SIGNING_KEYS = `${'a'.repeat(32)}, ${'b'.repeat(32)}`;

describe('the environment', () => {
  it('splits the signing keys and stores in a folder by default', () => {
    const env = envSchema.parse({ SIGNING_KEYS });
    expect(env.SIGNING_KEYS).toEqual(['a'.repeat(32), 'b'.repeat(32)]);
    expect(env.S3_ENDPOINT).toBeUndefined();
  });

  it.each([
    ['no keys', {}],
    ['an empty list', { SIGNING_KEYS: ' , ' }],
    ['one key too short', { SIGNING_KEYS: `${'a'.repeat(32)},short` }],
    ['S3 without credentials', { SIGNING_KEYS, S3_ENDPOINT: 'http://s3:9000' }],
    ['an endpoint that is no URL', { SIGNING_KEYS, S3_ENDPOINT: 's3:9000', S3_ACCESS_KEY: 'a', S3_SECRET_KEY: 'b' }],
  ])('refuses %s', (_what, source) => {
    expect(envSchema.safeParse(source).success).toBe(false);
  });
});
