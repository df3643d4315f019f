import type { IngestionWarning, Media, Tag } from '@osiris/contracts';
import type { Materials } from '../bill-of-materials/materials';

/** A plain file of the commit. Symbolic links, submodules and what else there may be are not listed. */
export interface RepositoryFile {
  /** Relative, "/"-separated. */
  path: string;
  /** Null where it is not known without fetching the file. */
  bytes: number | null;
}

/** What a reader may know of the repository besides the files it asked for. */
export interface Repository {
  /** Every listed file, nearest to the root first. */
  files: readonly RepositoryFile[];
  dockerfilePath: string;
  commitSha: string;
  /** Without credentials; null where the repository needs some: its files have no public address. */
  publicUrl: string | null;
}

/** The beginning of a text file. */
export interface FileContent {
  text: string;
  /** Of the whole file, of which `text` may be the beginning only. */
  bytes: number;
  truncated: boolean;
}

/** Contents by path, of those files a reader asked for that exist and are text. */
export type Contents = ReadonlyMap<string, FileContent>;

/** A file as it came. */
export interface ReadFile {
  beginning: Buffer;
  /** Of the whole file. */
  bytes: number;
}

/** A commit of which only those files are fetched that are asked for. */
export interface CommitFiles {
  readonly files: readonly RepositoryFile[];
  /** True where there are more files than are listed. */
  readonly truncated: boolean;
  /** At most `maxBytes` of each; what is not listed is left out. Brings all of them here in as few steps as the host allows. */
  read(paths: readonly string[], maxBytes: number): Promise<ReadonlyMap<string, ReadFile>>;
}

/** A picture, film or page of the app: at a public address, or a picture of the commit that is yet to be stored. */
export type FoundMedia = Media | FoundPicture;

export interface FoundPicture {
  kind: 'image';
  title: string;
  /** Of a listed file. */
  path: string;
}

/** What one reader found. Texts and tags need not be tidy: `mergeReadings` bounds and cleans them. */
export interface Reading {
  name?: string | undefined;
  description?: string | undefined;
  /** First prose of the README. */
  summary?: string | undefined;
  port?: number | undefined;
  /** Where the app says that it is well, with a leading "/". */
  healthPath?: string | undefined;
  tags?: Tag[];
  media?: FoundMedia[];
  materials?: Materials;
  /** Something in the repository that is wrong but does not keep the app from being used. */
  warnings?: IngestionWarning[];
}

/** Understands one kind of file. Reads no disk itself: the same contents always give the same reading. */
export interface Reader {
  readonly name: ReaderName;
  /** Where it looks at the beginning of files only, and what is no text is no news. */
  readonly beginningsOnly?: true;
  /** How much of a file it takes, in bytes; undefined: as much as others. */
  maxBytes?(path: string): number | undefined;
  /** Loads what it judges by, before it is asked anything. */
  prepare?(): Promise<void>;
  /**
   * The files it wants to see. Asked again with what came, as long as it names more (three rounds at most), so that a file
   * can lead to others. All readers' wishes of a round are fetched together.
   */
  wants(repository: Repository, contents: Contents): string[];
  read(contents: Contents, repository: Repository): Reading | Promise<Reading>;
}

export type ReaderName = 'tag-file' | 'previews-file' | 'app-json' | 'readme' | 'manifests' | 'detectors' | 'package-manager' | 'runtime' | 'licence' | 'dockerfile' | 'compose' | 'materials' | 'languages';
