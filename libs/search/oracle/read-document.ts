import type { SearchDocument } from '../src/document';
import { foldText } from '../src/text/fold';
import { tokenize } from '../src/text/tokenize';

/** A document with what can be looked for in it. */
export interface ReadDocument {
  document: SearchDocument;
  name: string[];
  /** Each key and each value for itself. */
  tags: string[][];
  /** Slug, description, README. */
  texts: string[][];
  /** Every token there is, once. */
  all: string[];
  owner: string;
  filters: { key: string; value: string }[];
}

export function readDocument(document: SearchDocument): ReadDocument {
  const name = tokenize(document.name);
  const tags = document.tags.flatMap(({ key, value }) => [tokenize(key), tokenize(value)]);
  const texts = [document.slug, document.description, document.readme].map((text) => tokenize(text));
  return {
    document,
    name,
    tags,
    texts,
    all: [...new Set([name, ...tags, ...texts].flat())],
    owner: foldText(document.slug.split('/')[0]!),
    filters: document.tags.map(({ key, value }) => ({ key, value: foldText(value) })),
  };
}

/** Whether the tokens stand beside each other, in order, in one of the texts. */
export function holdsPhrase({ name, tags, texts }: ReadDocument, phrase: readonly string[]): boolean {
  return [name, ...tags, ...texts].some((text) => text.some((_, from) => phrase.every((token, at) => text[from + at] === token)));
}
