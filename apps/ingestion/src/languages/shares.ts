import type { FileContent } from '../readers/reader';
import { looksGenerated } from './by-content';
import type { CodeFile } from './code-files';
import { knownExtension, languageOf } from './language-of';
import type { Linguist } from './linguist';

export interface Share {
  language: string;
  /** Above 0 up to 1, of the bytes of code. */
  share: number;
  /** By which its files are known, the most bytes first: `.ts`, `.tsx`. */
  kinds: string[];
}

export interface Shares {
  /** Largest first. */
  languages: Share[];
  /** How many of how many files were looked into. */
  read: number;
  files: number;
}

/** Larger is data, or generated. */
const MAX_BYTES = 1_000_000;

interface Known {
  kind: string;
  /** Undefined where it is no code after all. */
  language: string | undefined;
  bytes: number;
}

/** Shares of languages by bytes. What was not read counts as the mean of what was read of its kind. */
export function sharesOf(linguist: Linguist, files: readonly CodeFile[], contents: ReadonlyMap<string, FileContent>): Shares {
  const known: Known[] = [];
  const unread: CodeFile[] = [];
  for (const file of files) {
    const content = contents.get(file.path);
    if (content) known.push(knownBy(linguist, file, content));
    else if (file.bytes !== null && file.kind !== '') known.push({ kind: file.kind, language: file.declared ?? languageOf(linguist, file.path), bytes: file.bytes });
    else unread.push(file);
  }
  const bytes = new Map<string, Map<string, number>>();
  const add = (language: string, kind: string, amount: number): void => {
    const kinds = bytes.get(language) ?? new Map<string, number>();
    bytes.set(language, kinds.set(kind, (kinds.get(kind) ?? 0) + amount));
  };
  for (const { language, kind, bytes: amount } of known) if (language !== undefined) add(language, kind, amount);
  const samples = byKind(known);
  for (const [kind, rest] of byKind(unread)) {
    const sample = samples.get(kind) ?? [];
    for (const one of sample) if (one.language !== undefined) add(one.language, kind, (one.bytes * rest.length) / sample.length);
  }
  return { languages: ranked(bytes), read: files.filter(({ path }) => contents.has(path)).length, files: files.length };
}

function knownBy(linguist: Linguist, file: CodeFile, { text, bytes }: FileContent): Known {
  const isCode = bytes <= MAX_BYTES && (file.declared !== undefined || !looksGenerated(text, knownExtension(linguist, file.path)));
  return { kind: file.kind, language: isCode ? (file.declared ?? languageOf(linguist, file.path, text)) : undefined, bytes };
}

function ranked(bytes: ReadonlyMap<string, ReadonlyMap<string, number>>): Share[] {
  const sizes = [...bytes].map(([language, kinds]) => ({ language, kinds, size: [...kinds.values()].reduce((sum, size) => sum + size, 0) }));
  const total = sizes.reduce((sum, { size }) => sum + size, 0);
  if (total === 0) return [];
  return sizes
    .sort((a, b) => b.size - a.size || (a.language < b.language ? -1 : 1))
    .map(({ language, kinds, size }) => ({ language, share: size / total, kinds: [...kinds].sort((a, b) => b[1] - a[1]).map(([kind]) => kind) }));
}

/** In their order. */
export function byKind<T extends { kind: string }>(things: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const thing of things) {
    const group = groups.get(thing.kind);
    if (group) group.push(thing);
    else groups.set(thing.kind, [thing]);
  }
  return groups;
}
