import { contentsOf, repositoryOf } from '../../fixtures/fixture-repository';
import { previewsFileReader } from './previews-file.reader';
import type { Reading } from './reader';

const PATH = '.apphub/previews.yaml';
const FILES = [PATH, 'docs/board.png', '.apphub/shot.gif', 'logo.svg', 'tour.mp4', 'README.md'];
const read = (text: string, publicUrl: string | null = null, path = PATH): Reading => previewsFileReader.read(contentsOf({ [path]: text }), repositoryOf(FILES, { publicUrl })) as Reading;

describe('the reader of .apphub/previews', () => {
  it('reads what the author says', () => {
    const reading = read(`name: Draw
description: Draws together
port: 8080
healthPath: /healthz
tags:
  level: easy
  topics: [art, fun]
previews:
  - path: docs/board.png
    title: The board
  - url: https://cdn.example.org/tour.mp4
  - { url: https://draw.example.org, kind: demo, title: Try it }
  - { url: https://draw.example.org/docs, kind: docs }
  - shot.gif
`);
    expect(reading).toMatchObject({ name: 'Draw', description: 'Draws together', port: 8080, healthPath: '/healthz', warnings: [] });
    expect(reading.tags?.map(({ key, value, source, from }) => `${source} ${key}:${value} ${from}`)).toEqual([`author level:easy ${PATH}`, `author topics:art ${PATH}`, `author topics:fun ${PATH}`]);
    expect(reading.media).toEqual([
      { kind: 'image', path: 'docs/board.png', title: 'The board' },
      { kind: 'video', url: 'https://cdn.example.org/tour.mp4', title: '' },
      { kind: 'demo', url: 'https://draw.example.org/', title: 'Try it' },
      { kind: 'docs', url: 'https://draw.example.org/docs', title: '' },
      { kind: 'image', path: '.apphub/shot.gif', title: '' },
    ]);
  });

  it('has a public address of the commit where there is one, for what is not kept too', () => {
    const raw = `https://raw.githubusercontent.com/acme/draw/${'c'.repeat(40)}`;
    expect(read('previews: [docs/board.png, logo.svg, tour.mp4]', 'https://github.com/acme/draw').media).toEqual([
      { kind: 'image', url: `${raw}/docs/board.png`, title: '' }, { kind: 'image', url: `${raw}/logo.svg`, title: '' }, { kind: 'video', url: `${raw}/tour.mp4`, title: '' },
    ]);
  });

  it('reads JSON, and a list alone', () => {
    expect(read('[\n{"path": "docs/board.png"}]', null, '.apphub/previews.json').media).toEqual([{ kind: 'image', path: 'docs/board.png', title: '' }]);
    expect(read('', null)).toEqual({});
  });

  it.each([
    ['a file that is not there', 'previews:\n- path: docs/gone.png', 2, /"docs\/gone\.png" is not a file/],
    ['a path that leaves the tree', 'previews:\n- path: ../../etc/passwd', 2, /is not a file of the repository/],
    ['a path that leaves the tree, encoded', 'previews:\n- path: "%2e%2e/%2e%2e/etc/passwd"', 2, /is not a file of the repository/],
    ['an address that is not secure', 'previews:\n- url: http://x.example/a.png', 2, /not an https address/],
    ['a script', 'previews:\n\n- url: javascript:alert(1)', 3, /not an https address/],
    ['credentials', 'previews:\n- url: https://u:p@x.example/a.png', 2, /not an https address/],
    ['a kind that is none', 'previews:\n- path: docs/board.png\n  kind: poster', 3, /none of the kinds/],
    ['what cannot be kept', 'previews:\n- logo.svg', 2, /cannot be kept/],
    ['an entry without a place', 'previews:\n- title: x', 2, /needs a "path" or a "url"/],
    ['no list', 'previews: { a: b }', 1, /is to be a list/],
    ['a port that is none', 'name: x\nport: 99999', 2, /"port" is to be a number/],
    ['a health path that is none', 'healthPath: "http://x"', 1, /"healthPath" is to begin/],
    ['a health path to elsewhere', 'healthPath: //x.example/', 1, /"healthPath" is to begin/],
    ['a text', 'hello', 1, /is to hold a map/],
    ['broken YAML', 'previews:\n- [', 2, /is not valid YAML/],
    ['a tag that is none', 'tags:\n- ok:1\n- "!!:y"', 3, /is not a tag/],
    ['too many', `previews:\n${'- docs/board.png\n'.repeat(12)}`, 12, /only the first 10/],
  ])('warns of %s, with the line', (_what, text, line, message) => {
    expect(read(text).warnings).toEqual([{ code: 'MANIFEST_INVALID', path: PATH, line, message: expect.stringMatching(message) }]);
  });

  it('wants one file of its folder', () => {
    expect(previewsFileReader.wants(repositoryOf(['previews.yaml', '.apphub/previews.yml', '.apphub/previews.json', 'x/.apphub/previews.yml']), new Map())).toEqual(['.apphub/previews.yml']);
  });
});
