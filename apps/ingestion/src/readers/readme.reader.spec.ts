import { readmeReader } from './readme.reader';
import { contentsOf } from '../../fixtures/fixture-repository';
import type { Reading, Repository } from './reader';

const SHA = 'c'.repeat(40);
const repository = (publicUrl: string | null = 'https://github.com/acme/draw', ...paths: string[]): Repository => ({
  files: ['README.md', 'docs/shot.png', 'logo.gif', ...paths].map((path) => ({ path, bytes: 1 })), dockerfilePath: 'Dockerfile', commitSha: SHA, publicUrl,
});
const read = async (text: string, at = repository(), path = 'README.md'): Promise<Reading> => readmeReader.read(contentsOf({ [path]: text }), at);

describe('the reader of README', () => {
  it.each([
    ['a heading', '# Draw *together*\n\nIt draws.', 'Draw together'],
    ['an underlined heading', 'Draw\n====\n\nIt draws.', 'Draw'],
    ['a second-level heading where there is no first', '## Draw\n\nIt draws.', 'Draw'],
    ['a heading with a badge', '# Draw [![ci](https://img.shields.io/x)](https://x)', 'Draw'],
    ['a heading in HTML', '<div align="center">\n<h1>Draw <b>it</b></h1>\n</div>', 'Draw it'],
    ['a heading in a code block: none', '```\n# Not this\n```', undefined],
    ['a title that every README has: none', '# README\n\nText here.', undefined],
    ['nothing', '', undefined],
  ])('takes the title from %s', async (_what, text, name) => {
    expect((await read(text)).name).toBe(name);
  });

  it.each([
    ['the first paragraph', '# T\n\nIt draws\nlines with `code` and [links](x).\n\nMore.', 'It draws lines with code and links.'],
    ['what follows badges', '# T\n\n[![a](https://img.shields.io/a)](b) ![c](d)\n\nIt draws.', 'It draws.'],
    ['what follows HTML', '<p align="center"><img src="x.png"></p>\n\n<!-- c -->\n\nIt draws.', 'It draws.'],
    ['what follows a row of links', '[Docs](a) | [Demo](b) · [Chat](c)\n\nIt draws.', 'It draws.'],
    ['what follows a list and a quote', '- [One](#one)\n- [Two](#two)\n\n> [!NOTE]\n> Careful now\n\nIt draws.', 'It draws.'],
    ['what follows a table and code', '```\ncode here\n```\n\nIt draws.', 'It draws.'],
    ['a paragraph without its HTML', 'It <b>draws</b> <img src="x"> lines.', 'It draws lines.'],
    ['any script', '# 画\n\nこれは絵を描くアプリです。', 'これは絵を描くアプリです。'],
    ['nowhere', '# T\n\n- a\n- b', undefined],
  ])('takes the summary from %s', async (_what, text, summary) => {
    expect((await read(text)).summary).toBe(summary);
  });

  const RAW = `https://raw.githubusercontent.com/acme/draw/${SHA}`;
  it.each([
    ['an absolute https picture', '![a](https://x.example/a.png)', ['https://x.example/a.png']],
    ['a relative one at the commit', '![a](docs/shot.png) ![b](./logo.gif?raw=true) ![c](/docs/shot.png)', [`${RAW}/docs/shot.png`, `${RAW}/logo.gif`]],
    ['one in HTML', '<img width=300 src="docs/shot.png" alt="x"/>', [`${RAW}/docs/shot.png`]],
    ['one by reference', '![a][shot]\n\n[shot]: docs/shot.png', [`${RAW}/docs/shot.png`]],
    ["GitHub's page about a picture", '![a](https://github.com/o/r/blob/main/a.png)', ['https://github.com/o/r/raw/main/a.png']],
    ['a protocol-relative one', '![a](//x.example/a.png)', ['https://x.example/a.png']],
    ['no badge', '![a](https://img.shields.io/a.svg) ![b](https://github.com/a/b/actions/workflows/ci.yml/badge.svg) ![c](https://x.example/badge.png)', []],
    ['nothing insecure', '![a](http://x.example/a.png)', []],
    ['nothing with credentials', '![a](https://u:p@x.example/a.png)', []],
    ['nothing that runs or reads', '![a](javascript:alert(1)) ![b](data:image/png;base64,xx) ![c](file:///etc/passwd)', []],
    ['nothing outside the tree', '![a](../../etc/passwd) ![b](docs/../../x.png) ![c](%2e%2e/%2e%2e/x) ![d](%)', []],
    ['nothing that is not there', '![a](missing.png)', []],
  ])('keeps %s', async (_what, text, urls) => {
    expect((await read(text)).media?.map((media) => ('url' in media ? media.url : media.path))).toEqual(urls);
  });

  it('resolves where a host has a public address, below the folder of the README; elsewhere the picture is to be stored', async () => {
    const text = '![Shot](../docs/shot.png)';
    expect((await read(text, repository('https://gitlab.com/a/b/c.git'), '.github/README.md')).media).toEqual([
      { kind: 'image', url: `https://gitlab.com/a/b/c/-/raw/${SHA}/docs/shot.png`, title: 'Shot' },
    ]);
    expect((await read('![a](docs/shot.png)', repository('https://git.example/a/b'))).media).toEqual([{ kind: 'image', path: 'docs/shot.png', title: 'a' }]);
    expect((await read('![a](docs/shot.png)', repository(null))).media).toEqual([{ kind: 'image', path: 'docs/shot.png', title: 'a' }]);
    // A host that only looks like one of them.
    expect((await read('![a](docs/shot.png)', repository('https://github.com.evil.example/a/b'))).media).toMatchObject([{ path: 'docs/shot.png' }]);
  });

  it('reads the front matter of Spaces', async () => {
    const reading = await read('---\ntitle: Draw\nshort_description: Draws\napp_port: 7860\ntags:\n  - art\n---\n# Other\n\nText here.');
    expect(reading).toMatchObject({ name: 'Draw', description: 'Draws', port: 7860, summary: 'Text here.' });
    expect(reading.tags).toEqual([{ key: 'keyword', value: 'art', source: 'auto', from: 'README.md#tags' }]);
    expect((await read('---\na: [\n---\nText here.')).warnings).toMatchObject([{ code: 'MANIFEST_INVALID', message: 'README.md: the front matter is not valid YAML' }]);
  });

  it('reads of a Space what it is made with', async () => {
    const reading = await read('---\nsdk: gradio\nsdk_version: "4.44.1"\nlicense: apache-2.0\nmodels:\n- openai/whisper-small\napp_port: 99999\ntitle: [odd]\n---\n# Real\n\nIt draws.');
    expect(reading).toMatchObject({ name: 'Real', port: undefined });
    expect(reading.tags?.map(({ key, value, from }) => `${key}:${value} ${from}`)).toEqual([
      'framework:gradio README.md#sdk', 'framework-version:4 README.md#sdk_version', 'license:Apache-2.0 README.md#license', 'model:openai/whisper-small README.md#models',
    ]);
    expect((await read('---\nsdk: docker\nsdk_version: 1\nlicense: other\n---\n')).tags).toEqual([]);
    expect((await read('---\nsdk: static\n---\n')).tags).toMatchObject([{ key: 'kind', value: 'static-site' }]);
    expect((await read('---\nsdk: constructor\n__proto__: {a: b}\n---\n')).tags).toEqual([]);
  });

  it('says on which line the front matter is wrong', async () => {
    expect((await read('---\ntitle: Draw\ntags: [a\n---\nText here.')).warnings).toMatchObject([{ code: 'MANIFEST_INVALID', path: 'README.md', line: 3 }]);
    expect((await read('---\na: &a [x,x]\nb: [*a, *a]\n---\nText here.')).summary).toBe('Text here.');
  });

  it('takes a rule for a rule', async () => {
    expect(await read('---\n\n# Draw\n\n---\n\nIt draws.')).toMatchObject({ name: 'Draw', summary: 'It draws.', warnings: [] });
  });

  it('says so where a document is nested beyond reason', async () => {
    expect((await read(`<p>${Array.from({ length: 1_000 }, (_, index) => `<b a${index}>`).join('')}${'<p>x'.repeat(3_000)}`)).warnings).toMatchObject([{ code: 'FILE_UNREADABLE', path: 'README.md' }]);
  });

  it.each([
    [['README.rst', 'docs/README.md'], 'README.rst'],
    [['README.zh.md', 'README.en.md', 'README.de.md'], 'README.en.md'],
    [['README_ja.md', 'README-es.md'], 'README-es.md'],
    [['.github/README.md', 'docs/README.md'], '.github/README.md'],
    [['README.adoc', 'README.txt'], 'README.adoc'],
    [['docker/README.md', 'src/README.md'], undefined],
    [['READMEFIRST.md', 'readme.js'], undefined],
  ])('of %j reads %s', (paths, path) => {
    expect(readmeReader.wants({ ...repository(null), files: paths.map((one) => ({ path: one, bytes: 1 })) }, new Map())).toEqual(path === undefined ? [] : [path]);
  });

  it('prefers Markdown at the root', () => {
    expect(readmeReader.wants(repository(null, 'README', 'docs/README.md'), new Map())).toEqual(['README.md']);
    expect(readmeReader.wants({ ...repository(null), files: [{ path: 'readme', bytes: 1 }, { path: 'docs/README.md', bytes: 1 }] }, new Map())).toEqual(['docs/README.md']);
  });

  it.each(['[', '*a ', '> ', '- ', '![a](', '<img ', '<h1 ', '_a', '`a', '[](<x', '- a\n', '> - ', '1. ', '=\n', '=\r', '|a', '[^a]: ', '~~a', '<b>'])('is done with a hostile document of %j in a moment', async (part) => {
    // Where time grew with the square of the length, it would be hours.
    expect((await read(`${part.repeat(1_000_000 / part.length)}`)).tags).toEqual([]);
    expect((await read(`${part.repeat(19_000 / part.length)}words`)).tags).toEqual([]);
  }, 60_000);
});
