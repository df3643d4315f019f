import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SearchDocument } from '../src';

const NODE_MODULES = join(__dirname, '..', '..', '..', 'node_modules');
const PACKAGE = 'npm/';
/** UTF-16 units. */
const MAX_README = 20_000;

/** What a person types, and what would have to come first. */
export interface RelevanceQuery {
  /** What is hard about it: `typo`, `purpose`…; README.md lists them. */
  group: string;
  text: string;
  /** Slugs; any of them may stand first. */
  expected: string[];
}

type Line = [slug: string, name: string, description: string, tags: string[], popularity: number];

/**
 * Applications and packages; a document's id is its slug.
 * @param readmes with the READMEs of the packages that are installed in this checkout: long texts, in which any word may stand
 */
export function relevanceDocuments(readmes = false): SearchDocument[] {
  const packages = read<[name: string, description: string, tags: string[], popularity: number]>('packages.jsonl');
  const lines: Line[] = [...read<Line>('apps.jsonl'), ...packages.map(([name, ...rest]): Line => [`${PACKAGE}${name}`, name, ...rest])];
  return lines.map(([slug, name, description, tags, popularity]) => ({
    id: slug,
    slug,
    name,
    description,
    readme: readmes ? installedReadme(slug) : '',
    tags: tags.map(tagOf),
    status: 'ready',
    popularity,
    createdAt: 0,
  }));
}

export function relevanceQueries(): RelevanceQuery[] {
  return read<[string, string, string[]]>('queries.jsonl').map(([group, text, expected]) => ({ group, text, expected }));
}

function installedReadme(slug: string): string {
  if (!slug.startsWith(PACKAGE)) return '';
  const folder = join(NODE_MODULES, slug.slice(PACKAGE.length));
  const file = existsSync(folder) ? readdirSync(folder).find((name) => name.toLowerCase() === 'readme.md') : undefined;
  return file ? readFileSync(join(folder, file), 'utf8').slice(0, MAX_README) : '';
}

function tagOf(tag: string): { key: string; value: string } {
  const colon = tag.indexOf(':');
  return { key: tag.slice(0, colon), value: tag.slice(colon + 1) };
}

function read<T>(file: string): T[] {
  const text = readFileSync(join(__dirname, file), 'utf8');
  return text.trimEnd().split('\n').map((line) => JSON.parse(line) as T);
}
