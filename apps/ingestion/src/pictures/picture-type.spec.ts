import { pictureType } from './picture-type';

const bytes = (...parts: (string | number[])[]): Buffer => Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part))));

describe('pictureType', () => {
  it.each([
    ['image/png', bytes([0x89], 'PNG\r\n', [0x1a, 0x0a], 'IHDR')],
    ['image/jpeg', bytes([0xff, 0xd8, 0xff, 0xe0], 'JFIF')],
    ['image/gif', bytes('GIF89a....')], ['image/gif', bytes('GIF87a....')],
    ['image/webp', bytes('RIFF', [1, 0, 0, 0], 'WEBPVP8 ')],
    ['image/avif', bytes([0, 0, 0, 24], 'ftypavif', [0, 0, 0, 0], 'mif1')],
    ['image/avif', bytes([0, 0, 0, 28], 'ftypmif1', [0, 0, 0, 0], 'miafavis')],
  ])('knows %s by how it begins', (type, beginning) => {
    expect(pictureType(beginning)).toBe(type);
  });
  it.each([
    ['SVG', bytes('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>')], ['HTML', bytes('<!doctype html>')], ['nothing', bytes('')], ['a little', bytes([0x89])],
    ['a film', bytes([0, 0, 0, 24], 'ftypisom', [0, 0, 0, 0], 'mp42')], ['sound', bytes('RIFF', [1, 0, 0, 0], 'WAVEfmt ')], ['GIF of no version', bytes('GIF00a')],
    ['a brand beyond its box', bytes([0, 0, 0, 16], 'ftypmif1', [0, 0, 0, 0], 'avif')], ['HTML after a GIF-like word', bytes('GIF8<script>')],
  ])('takes %s for none', (_what, beginning) => {
    expect(pictureType(beginning)).toBeUndefined();
  });
});
