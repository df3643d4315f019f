import { tokenize } from '../src/text/tokenize';
import type { ReadDocument } from './read-document';
import { foldText } from '../src/text/fold';

export interface Counted {
  label: string;
  count: number;
}

const sorted = (counts: Map<string, number>): Counted[] =>
  [...counts].map(([label, count]) => ({ label, count })).sort((a, b) => b.count - a.count || (a.label < b.label ? -1 : 1));

/** Keys that begin so, with the number of documents that have them, the most frequent first. */
export function keysBeginning(all: readonly ReadDocument[], typed: string): Counted[] {
  const counts = new Map<string, number>();
  for (const { document } of all) {
    for (const key of new Set(document.tags.map((tag) => tag.key))) if (key.startsWith(typed)) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return sorted(counts);
}

/** Tags whose folded value begins so, of one key or of all. */
export function valuesBeginning(all: readonly ReadDocument[], typed: string, of: string | null): Counted[] {
  const counts = new Map<string, number>();
  for (const { key, value } of all.flatMap(({ document }) => document.tags)) {
    if ((of !== null && key !== of) || !foldText(value).startsWith(typed)) continue;
    counts.set(`${key}:${value}`, (counts.get(`${key}:${value}`) ?? 0) + 1);
  }
  return sorted(counts);
}

/** Ids of the documents whose names begin with the words typed, the most popular first. */
export function namesBeginning(all: readonly ReadDocument[], typed: string): string[] {
  const tokens = tokenize(typed);
  const begins = ({ name }: ReadDocument): boolean => tokens.every((token, at) => (at === tokens.length - 1 ? name[at]?.startsWith(token) : name[at] === token));
  const found = tokens.length === 0 ? [] : all.filter(begins).map(({ document }) => document);
  return found.sort((a, b) => b.popularity - a.popularity || (a.id < b.id ? -1 : 1)).map(({ id }) => id);
}
