import type { Readable } from 'node:stream';
import type { ContentEncoding } from '@osiris/contracts';
import type { z } from 'zod';

export interface StoredObject {
  bytes: number;
  /** Lower-case hexadecimal. */
  sha256: string;
}

/** What a `put` has read, and whether it is stored now: it is not where another object was under the key before. */
export interface PutResult extends StoredObject {
  created: boolean;
}

/** First and last byte, both included, as in HTTP. */
export interface ByteRange {
  start: number;
  end: number;
}

/** How the bytes are compressed that are stored: whoever uploads them has done it. */
export type Encoding = z.infer<typeof ContentEncoding>;

export interface PutOptions {
  contentType: string;
  contentEncoding?: Encoding | undefined;
  /** OBJECT_TOO_LARGE beyond this many bytes; nothing is kept then. */
  maxBytes: number;
}

export interface DownloadOptions {
  contentType: string;
  contentEncoding?: Encoding | undefined;
  filename?: string | undefined;
}

/**
 * Keeps objects under keys (`objectKey`). Two implementations: a local folder, and S3. An object is there whole or not
 * at all: a `put` that fails or is cut off leaves nothing behind under its key.
 *
 * Every method throws DomainError STORE_UNAVAILABLE where the store does not answer.
 */
export interface ObjectStore {
  /** What `/readyz` says of it; no secret. */
  readonly description: string;
  /**
   * Reads `body` to its end with bounded memory and stores it where the key is free. Never replaces: of several that
   * write one key at once, one creates it.
   */
  put(key: string, body: Readable, options: PutOptions): Promise<PutResult>;
  /** @throws DomainError NOT_FOUND. The range must lie within the object. */
  get(key: string, range?: ByteRange): Promise<Readable>;
  /** Null where there is no such object. */
  stat(key: string): Promise<{ bytes: number } | null>;
  /** Nothing happens where there is none. */
  delete(key: string): Promise<void>;
  /** A URL that gives the object to whoever has it, until it expires; relative to the gateway where it begins with "/". */
  signDownload(key: string, expirySeconds: number, options: DownloadOptions): Promise<string>;
  /** Takes away what uploads left that began before that moment and were never ended; tells how many. */
  removeAbandoned(before: Date): Promise<number>;
  /** Resolves where the store answers and can be written. */
  check(): Promise<void>;
}

/** Injects the configured store. */
export const OBJECT_STORE = Symbol('OBJECT_STORE');
