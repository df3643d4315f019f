import { contentsOf } from '../../fixtures/fixture-repository';
import type { Reading } from './reader';
import { tagFileReader } from './tag-file.reader';

const repository = (...paths: string[]) => ({ files: paths.map((path) => ({ path, bytes: 1 })), dockerfilePath: 'Dockerfile', commitSha: 'c'.repeat(40), publicUrl: null });
const read = (text: string, path = 'tags.yaml') => tagFileReader.read(contentsOf({ [path]: text }), repository(path)) as Reading;
const tagsOf = (text: string, path?: string) => read(text, path).tags?.map(({ key, value }) => `${key}:${value}`);

describe('the reader of tags.yaml', () => {
  it.each([
    ['a map', 'framework: react\nauthor: Ada', ['framework:react', 'author:Ada']],
    ['a map of lists', 'topics:\n  - art\n  - fun', ['topics:art', 'topics:fun']],
    ['a list of pairs', '- framework:react\n- author:Ada', ['framework:react', 'author:Ada']],
    ['a list of maps', '- framework: react\n- author: Ada\n  year: 2024', ['framework:react', 'author:Ada', 'year:2024']],
    ['a list of keys and values', '- key: framework\n  value: react', ['framework:react']],
    ['bare words', '- art\n- fun', ['tag:art', 'tag:fun']],
    ['one word', 'art', ['tag:art']],
    ['nested maps', 'stack:\n  frontend: react\n  back:\n    db: sqlite', ['stack.frontend:react', 'stack.back.db:sqlite']],
    ['what is wrapped in tags', 'tags:\n  - framework:react\n  - art', ['framework:react', 'tag:art']],
    ['a map wrapped in tags', 'tags: { framework: react }', ['framework:react']],
    ['numbers and booleans as they are written', 'year: 2024\nversion: 1.10\nbeta: true\nok: yes\nhex: 0x1F', ['year:2024', 'version:1.10', 'beta:true', 'ok:yes', 'hex:0x1F']],
    ['a date', 'since: 2024-01-02', ['since:2024-01-02']],
    ['a URL after a key, in a list', '- url:http://x', ['url:http://x']],
    ['a URL with port and query', '- url:http://x:80/a?b=c:d', ['url:http://x:80/a?b=c:d']],
    ['a URL as the value of a map', 'url: http://x', ['url:http://x']],
    ['a bare URL', '- https://x.example/a', ['url:https://x.example/a']],
    ['keys that people write', 'App Type: game\nÜber: x\n"Made By!": y', ['app-type:game', 'uber:x', 'made-by:y']],
    ['no nulls', 'a:\nb: ~\nc: null\nd: ""', []],
    ['nothing', '', []],
    ['a comment', '# nothing', []],
  ])('understands %s', (_what, text, tags) => {
    expect(tagsOf(text)).toEqual(tags);
    expect(read(text).warnings).toEqual([]);
  });

  it('reads tags.json, and says who gave the tag and where', () => {
    expect(read('{"framework":"react","year":2024,"beta":true}', 'tags.json').tags).toEqual([
      { key: 'framework', value: 'react', source: 'author', from: 'tags.json' },
      { key: 'year', value: '2024', source: 'author', from: 'tags.json' },
      { key: 'beta', value: 'true', source: 'author', from: 'tags.json' },
    ]);
  });

  it('wants one file of the names that count', () => {
    expect(tagFileReader.wants(repository('Tags.YML', 'docs/tags.yaml', 'mytags.yaml'), new Map())).toEqual(['Tags.YML']);
  });

  it.each([
    ['broken YAML', 'a: [', /^tags\.yaml is not valid YAML/],
    ['duplicate keys', 'a: 1\na: 2', /not valid YAML/],
    ['what is no tag', '- ": x"\n- "!!:y"', /is not a tag/],
    ['aliases that explode', `a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c,*c,*c,*c]`, /alias/i],
    ['nesting without end', `${'['.repeat(50)}x${']'.repeat(50)}`, /nested more than/],
    ['what no person wrote', Array.from({ length: 80_000 }, (_, i) => `k${i}: v`).join('\n'), /longer than 20000 characters/],
    ['too many tags', Array.from({ length: 300 }, (_, i) => `k${i}: v`).join('\n'), /only the first 100/],
  ])('warns of %s', (_what, text, warning) => {
    const reading = read(text);
    expect(reading.warnings?.map(({ message }) => message).join('\n')).toMatch(warning);
    expect(reading.tags?.length ?? 0).toBeLessThanOrEqual(100);
  });

  it.each([
    ['tags.yaml', 'a: 1\nb: [x\nc: d\n', 3],
    ['tags.yaml', 'a: 1\n\na: 2\n', 3],
    ['tags.yml', '- ok:1\n- fine:2\n- "!!:y"\n', 3],
    ['tags.json', '{\n  "a": 1,\n  "b": ,\n  "c": 2\n}', 3],
    ['tags.json', '{\n  "a": 1, // no\n  "c": 2\n}', 2],
    ['tags.json', '[\n"ok:1",\n"!!:y"\n]', 3],
  ])('says of %s (%j) on which line it is wrong', (path, text, line) => {
    expect(read(text, path).warnings).toMatchObject([{ code: 'MANIFEST_INVALID', path, line }]);
  });

  it.each([
    ['numbers as they are written', '{"version": 1.10, "big": 12345678901234567890, "exp": 1e3}', ['version:1.10', 'big:12345678901234567890', 'exp:1e3']],
    ['lists, nested maps and nulls', '{"a": ["x", "y"], "b": {"c": true}, "d": null}', ['a:x', 'a:y', 'b.c:true']],
    ['nothing', '', []],
  ])('understands of JSON %s', (_what, text, tags) => {
    expect(tagsOf(text, 'tags.json')).toEqual(tags);
  });

  it('takes in what an alias and a merge key stand for', () => {
    expect(tagsOf('base: &base\n  db: sqlite\napp:\n  <<: *base\n  level: easy')).toEqual(['base.db:sqlite', 'app.db:sqlite', 'app.level:easy']);
  });

  it.each(['[', '{"a":', '- ', '&a [', '*a ', '{', '? ', 'a: &a *a\n', '"', '!!x ', '| '])('is done with %j again and again', (part) => {
    for (const path of ['tags.yaml', 'tags.json']) expect(read(part.repeat(20_000 / part.length), path).tags?.length ?? 0).toBeLessThanOrEqual(100);
  }, 60_000);

  it('takes no key from the prototype', () => {
    expect(tagsOf('{"__proto__": {"a": "b"}, "constructor": "x"}', 'tags.json')).toEqual(expect.arrayContaining(['constructor:x']));
  });
});
