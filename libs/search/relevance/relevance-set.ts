import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SearchDocument } from '../src';

/** What a person types, and what would have to come first. */
export interface RelevanceQuery {
  /** What is hard about it: `typo`, `purpose`…; README.md lists them. */
  group: string;
  text: string;
  /** Slugs; any of them may stand first. */
  expected: string[];
}

type Line = [slug: string, name: string, description: string, tags: string[], popularity: number];

/** Applications and packages; a document's id is its slug. */
export function relevanceDocuments(): SearchDocument[] {
  const packages = read<[name: string, description: string, tags: string[], popularity: number]>('packages.jsonl');
  const lines: Line[] = [...read<Line>('apps.jsonl'), ...packages.map(([name, ...rest]): Line => [`npm/${name}`, name, ...rest])];
  return lines.map(([slug, name, description, tags, popularity]) => ({
    id: slug,
    slug,
    name,
    description,
    readme: '',
    tags: tags.map(tagOf),
    status: 'ready',
    popularity,
    createdAt: 0,
  }));
}

export function relevanceQueries(): RelevanceQuery[] {
  return read<[string, string, string[]]>('queries.jsonl').map(([group, text, expected]) => ({ group, text, expected }));
}

function tagOf(tag: string): { key: string; value: string } {
  const colon = tag.indexOf(':');
  return { key: tag.slice(0, colon), value: tag.slice(colon + 1) };
}

function read<T>(file: string): T[] {
  const text = readFileSync(join(__dirname, file), 'utf8');
  return text.trimEnd().split('\n').map((line) => JSON.parse(line) as T);
}
