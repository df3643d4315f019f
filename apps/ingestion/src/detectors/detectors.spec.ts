import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readFixture, readingOf } from '../../fixtures/fixture-repository';
import { listed } from '../../fixtures/txtar';
import { ALL_DETECTORS, DETECTOR_FAMILIES } from './all-detectors';
import { cluesOf } from './detect';
import type { Clues, Detector } from './detector';
import { detectorsReader } from './detectors.reader';

const FIXTURES = join(__dirname, '../../fixtures/detectors');
const valueOf = ({ tag }: Detector): string => tag.slice(tag.indexOf(':') + 1);

async function tagsOf(files: Record<string, string>): Promise<string[]> {
  return (await readingOf(files, {}, [detectorsReader])).tags.map(({ key, value }) => `${key}:${value}`);
}

describe.each(Object.entries(DETECTOR_FAMILIES))('the detectors of %s', (family, detectors) => {
  const folder = join(FIXTURES, family);
  const fixtures = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.txtar')) : [];

  it.each(detectors.map((detector) => [detector.tag, detector] as const))('have a tree that has %s, and one that nearly has', (tag, detector) => {
    expect(fixtures).toContain(`${valueOf(detector)}.txtar`);
    expect(listed(readFixture(join(folder, `${valueOf(detector)}.txtar`)).comment, 'expect')).toContain(tag);
    const misses = fixtures.filter((name) => isNearMiss(name, valueOf(detector)));
    expect(misses.flatMap((name) => listed(readFixture(join(folder, name)).comment, 'never'))).toContain(tag);
  });

  it.each(fixtures)('judge %s as it says', async (name) => {
    const { comment, files } = readFixture(join(folder, name));
    const tags = await tagsOf(files);
    expect(tags).toEqual(expect.arrayContaining(listed(comment, 'expect')));
    expect(tags.filter((tag) => listed(comment, 'never').includes(tag))).toEqual([]);
    expect(Object.keys(files)).not.toEqual([]);
    expect([...listed(comment, 'expect'), ...listed(comment, 'never')]).not.toEqual([]);
  });

  it('have no tree that belongs to none', () => {
    const values = detectors.map(valueOf);
    // `flask.imported.txtar`: a further tree that has it.
    expect(fixtures.filter((name) => !values.some((value) => name.startsWith(`${value}.`)))).toEqual([]);
  });

  it('are those that the vocabulary lists', () => {
    expect(detectors.map(({ tag }) => tag).sort()).toEqual([...(vocabulary().get(family) ?? [])].sort());
  });
});

describe('all detectors', () => {
  it('give a tag each', () => {
    const tags = ALL_DETECTORS.map(({ tag }) => tag);
    expect(tags.filter((tag, index) => tags.indexOf(tag) !== index)).toEqual([]);
  });

  it.each(ALL_DETECTORS.map((detector) => [detector.tag, detector] as const))('can see what %s is told by', (_tag, detector) => {
    expect(groupsOf(detector).filter(({ every = [], some = [] }) => every.length + some.length === 0)).toEqual([]);
    expect(detector.confidence ?? 1).toBeGreaterThan(0);
    expect(detector.confidence ?? 1).toBeLessThanOrEqual(1);
    // A pattern with "g" or "y" goes on where it stopped in another file.
    const patterns = cluesOf(detector).flatMap((clue) => ('pattern' in clue ? [clue.pattern] : 'dockerfile' in clue ? [clue.dockerfile] : []));
    expect(patterns.filter(({ flags }) => /[gy]/.test(flags))).toEqual([]);
    expect((detector.contains ?? []).filter((tag) => !ALL_DETECTORS.some((other) => other.tag === tag))).toEqual([]);
  });
});

/** `express.not.txtar`, and further ones that say what is near: `express.not.library.txtar`. */
function isNearMiss(name: string, value: string): boolean {
  return name.startsWith(`${value}.not.`);
}

function groupsOf(clues: Clues): Clues[] {
  const inner = [...(clues.every ?? []), ...(clues.some ?? []), ...(clues.none ?? [])].filter((clue) => 'every' in clue || 'some' in clue || 'none' in clue);
  return [clues, ...inner.flatMap((clue) => groupsOf(clue as Clues))];
}

/** The table of README.md: tags by family. `tool:` or `kind:x` before a value says the key of those that follow. */
function vocabulary(): Map<string, string[]> {
  const text = readFileSync(join(__dirname, 'README.md'), 'utf8');
  const table = text.slice(text.indexOf('## Families and their values'));
  const rows = [...table.matchAll(/^\| ([a-z-]+) \|(.*)\|(.*)\|$/gm)];
  return new Map(rows.map(([, family = '', frameworks = '', others = '']) => [family, [...tagsIn(frameworks, 'framework'), ...tagsIn(others, '')]]));
}

function tagsIn(cell: string, first: string): string[] {
  let key = first;
  const tags: string[] = [];
  for (const [, token = ''] of cell.matchAll(/`([^`]+)`/g)) {
    const colon = token.indexOf(':');
    const value = token.slice(colon + 1);
    if (colon !== -1) key = token.slice(0, colon);
    if (value !== '') tags.push(`${key}:${value}`);
  }
  return tags;
}
