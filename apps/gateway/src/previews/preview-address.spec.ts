import { launchOfHost, previewOrigin } from './preview-address';

describe('preview addresses', () => {
  it.each([
    ['lch_0123456789.preview.localhost:4000', 'lch_0123456789'],
    ['LCH_0123456789.Preview.localhost', 'lch_0123456789'],
    ['lch_0123456789.preview.localhost.', 'lch_0123456789'],
    ['a.lch_0123456789.preview.localhost', null],
    ['www.preview.localhost', null],
    ['preview.localhost', undefined],
    ['localhost:4000', undefined],
    ['lch_0123456789.preview.localhost.evil.example', undefined],
    [undefined, undefined],
  ])('%p belongs to %p', (host, launch) => expect(launchOfHost(host, 'preview.localhost')).toBe(launch));

  it('have the scheme and port that browsers use', () => {
    const env = { PREVIEW_DOMAIN: 'p.example.org', PORT: 4000 };
    expect(previewOrigin({ ...env, PUBLIC_URL: undefined }, 'lch_a')).toBe('http://lch_a.p.example.org:4000');
    expect(previewOrigin({ ...env, PUBLIC_URL: 'https://hub.example.org' }, 'lch_a')).toBe('https://lch_a.p.example.org');
    expect(previewOrigin({ ...env, PUBLIC_URL: 'https://hub.example.org:8443/' }, 'lch_a')).toBe('https://lch_a.p.example.org:8443');
  });
});
