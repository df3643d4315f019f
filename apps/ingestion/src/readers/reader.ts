import type { Media, Tag } from '@osiris/contracts';

/** What a reader may know of the repository besides the files it asked for. */
export interface Repository {
  /** Every listed file, nearest to the root first. */
  files: readonly { path: string; bytes: number }[];
  dockerfilePath: string;
  commitSha: string;
  /** Without credentials; null where the repository needs some: its files have no public address. */
  publicUrl: string | null;
}

/** Contents by path, of those files a reader asked for that exist and are text. */
export type Contents = ReadonlyMap<string, string>;

/** What one reader found. Texts and tags need not be tidy: `mergeReadings` bounds and cleans them. */
export interface Reading {
  name?: string | undefined;
  description?: string | undefined;
  summary?: string | undefined;
  port?: number | undefined;
  tags?: Tag[];
  media?: Media[];
  /** Something in the repository that is wrong but does not keep the app from being used. */
  warnings?: string[];
}

/** Understands one kind of file. Reads no disk itself: the same contents always give the same reading. */
export interface Reader {
  readonly name: ReaderName;
  /** The files it wants to see. */
  wants(repository: Repository): string[];
  read(contents: Contents, repository: Repository): Reading | Promise<Reading>;
}

export type ReaderName = 'tag-file' | 'readme' | 'package-json' | 'package-manager' | 'dockerfile' | 'languages';
