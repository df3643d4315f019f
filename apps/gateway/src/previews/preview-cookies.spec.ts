import { confinedSetCookie, previewCookiesIn, withoutPreviewCookie } from './preview-cookies';

describe('preview cookies', () => {
  it.each([
    ['a=1; __Host-osiris-preview=x; b=2', ['x'], 'a=1; b=2'],
    ['__Host-osiris-preview=x;__Host-osiris-preview=y', ['x', 'y'], null],
    ['a="q; r=1', [], 'a="q; r=1'],
    ['x__Host-osiris-preview=1', [], 'x__Host-osiris-preview=1'],
  ])('%s', (header, values, left) => {
    expect(previewCookiesIn(header)).toEqual(values);
    expect(withoutPreviewCookie(header)).toBe(left);
  });

  it.each([
    ['a=1; Domain=lch_1.preview.localhost; Path=/', 'a=1; Path=/'],
    ['a=1;DOMAIN = .LCH_1.preview.localhost ;Secure', 'a=1;Secure'],
    ['a=1; Domain=; Path=/', 'a=1; Path=/'],
    ['a=1; Domain=.preview.localhost; Path=/', null],
    ['a=1; Domain=lch_1.preview.localhost; Domain=localhost', null],
    ['a=1; Domain=example.org', null],
    ['domain=1; Path=/', 'domain=1; Path=/'],
    ['__Host-osiris-preview=1; Secure; Path=/', null],
    ['__host-OSIRIS-preview=1', null],
  ])('%s becomes %p', (header, confined) => expect(confinedSetCookie(header, 'lch_1.preview.localhost')).toBe(confined));
});
