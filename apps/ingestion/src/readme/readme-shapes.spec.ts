import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readFixture, readingOf } from '../../fixtures/fixture-repository';

const FOLDER = join(__dirname, '../../fixtures/readmes');
const COMMIT = 'c'.repeat(40);

/** `name: value` of a fixture's comment; null for `-`. */
function expected(comment: string, name: string): string | null {
  const value = comment.split('\n').find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2).trim() ?? '-';
  return value === '-' ? null : value;
}

describe('READMEs as people write them', () => {
  const names = readdirSync(FOLDER).filter((name) => name.endsWith('.txtar')).map((name) => name.replace('.txtar', ''));

  it.each(names)('%s', async (name) => {
    const { comment, files } = readFixture(join(FOLDER, `${name}.txtar`));
    const media = expected(comment, 'media')?.replaceAll('SHA', COMMIT).split(' | ') ?? [];
    // The pictures that a README shows are there.
    const shown = media.flatMap((one) => /\/c{40}\/(.*)$/.exec(one)?.[1] ?? []);
    const all = { ...files, ...Object.fromEntries(['icon.png', 'img/dark.png', ...shown].map((path) => [path, 'x'])) };
    const read = await readingOf(all, { publicUrl: 'https://github.com/acme/app' });
    expect({
      title: read.metadata.name,
      summary: read.metadata.readmeSummary,
      media: read.media.map((one) => `${one.kind} ${'url' in one ? decodeURI(one.url) : one.path}`),
      warnings: read.warnings,
    }).toEqual({ title: expected(comment, 'title'), summary: expected(comment, 'summary'), media, warnings: [] });
  });
});
