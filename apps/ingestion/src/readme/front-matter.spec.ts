import { splitFrontMatter } from './front-matter';

describe('splitFrontMatter', () => {
  it.each([
    ['maps as keys', `a: ${'{'.repeat(400)}${'}'.repeat(400)}`],
    ['nesting', `a: ${'['.repeat(9_000)}${']'.repeat(9_000)}`],
    ['no end', `a: ${'{'.repeat(9_000)}`],
  ])('warns of %s, and does not follow it', (_what, matter) => {
    expect(splitFrontMatter(`---\n${matter}\n---\n# Title\n`)).toMatchObject({ body: '# Title\n', warning: 'the front matter is not valid YAML' });
  });
});
