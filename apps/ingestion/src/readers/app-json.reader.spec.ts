import { contentsOf, repositoryOf } from '../../fixtures/fixture-repository';
import { appJsonReader } from './app-json.reader';
import type { Reading } from './reader';

const read = (value: unknown): Reading => appJsonReader.read(contentsOf({ 'app.json': typeof value === 'string' ? value : JSON.stringify(value, null, 1) }), repositoryOf(['app.json', 'public/logo.png'], { publicUrl: 'https://github.com/acme/draw' })) as Reading;

describe("the reader of Heroku's app.json", () => {
  it('reads what it says of the app, and of its variables the names alone', () => {
    const reading = read({
      name: 'Draw', description: 'Draws together', keywords: ['Canvas', 'art'], website: 'https://draw.example.org', repository: 'https://github.com/acme/draw', logo: 'public/logo.png',
      env: { SECRET_KEY: { description: 'x', value: 'hunter2' }, 'not a name': 'x', PLAIN: 'hunter3' },
      addons: ['heroku-postgresql:mini', { plan: 'heroku-redis:mini', as: 'CACHE' }, 'unknown', { as: 'odd' }], formation: { web: { quantity: 1 } },
    });
    expect(reading).toMatchObject({ name: 'Draw', description: 'Draws together' });
    expect(reading.tags?.map(({ key, value, from }) => `${key}:${value} ${from}`)).toEqual([
      'keyword:canvas app.json#keywords', 'keyword:art app.json#keywords', 'database:postgresql app.json#addons.heroku-postgresql', 'database:redis app.json#addons.heroku-redis',
      'env:SECRET_KEY app.json#env', 'env:PLAIN app.json#env',
    ]);
    expect(reading.media).toEqual([
      { kind: 'image', url: `https://raw.githubusercontent.com/acme/draw/${'c'.repeat(40)}/public/logo.png`, title: 'Logo' },
      { kind: 'docs', url: 'https://draw.example.org/', title: 'Website' },
    ]);
    expect(JSON.stringify(reading)).not.toContain('hunter');
  });

  it.each([
    ["Expo's", { expo: { name: 'x', description: 'y' }, description: 'z' }],
    ["React Native's", { name: 'Mine', displayName: 'Mine', description: 'x' }],
    ["a stranger's", { name: 'x', pages: [] }],
  ])('leaves %s alone', (_what, value) => {
    expect(read(value)).toEqual({});
  });

  it.each([
    ['a list', '[\n]', 1, 'app.json is not a JSON object'],
    ['broken', '{\n"name": "x",\n"env": {\n', 4, expect.stringMatching(/^app\.json is not valid JSON/)],
  ])('warns where it is %s', (_what, text, line, message) => {
    expect(read(text).warnings).toEqual([{ code: 'MANIFEST_INVALID', path: 'app.json', line, message }]);
  });

  it('takes no odd value for a good one', () => {
    expect(read({ description: {}, name: [], keywords: 'x', env: ['A'], addons: { a: 1 }, logo: '../../x.png', website: 'javascript:alert(1)' })).toEqual({ name: undefined, description: undefined, tags: [], media: [] });
    expect(read('{"description": "x", "addons": ["__proto__", "constructor"], "env": {"__proto__": "x"}}').tags).toEqual([expect.objectContaining({ value: '__proto__' })]);
  });
});
