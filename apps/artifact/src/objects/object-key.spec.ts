import { checkObjectKey, objectKey } from './object-key';

describe('checkObjectKey', () => {
  it('takes the keys that this service makes', () => {
    expect(checkObjectKey(objectKey('app_0123456789', 'art_0123456789'))).toBe('artifacts/app_0123456789/art_0123456789');
  });

  it.each(['', '/', '../x', 'a/../b', 'a/..', './a', 'a//b', 'a/', '/etc/passwd', 'a\\b', 'a\0b', 'a\nb', '.incoming/x', 'a/.hidden', 'a%2e', 'ü', 'a'.repeat(129), Array(9).fill('a').join('/')])(
    'refuses %j',
    (key) => {
      expect(() => checkObjectKey(key)).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }));
    },
  );
});
