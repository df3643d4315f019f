import { randomInt } from 'node:crypto';
import { Injectable } from '@nestjs/common';

/** Of all apps together. A file more takes some 200 bytes. */
const MOST_FILES = 100_000;

interface Known {
  /** Names of the blobs of all `.gitattributes`: by other rules, the same blob may be written as another file. */
  attributes: string;
  files: ReadonlyMap<string, { blob: string; at: bigint }>;
}

/**
 * The times that an app's files go by, in nanoseconds since the epoch: a file whose content is that of the app's build before keeps its
 * time, as in a work tree that is pulled into, and the engine need not be sent it again. Each time is given to one content of a file
 * alone. Held in memory: after a start, or of apps not built for long, files have new times and are sent once more.
 */
@Injectable()
export class FileTimes {
  private readonly apps = new Map<string, Known>();
  private held = 0;

  /** @param blobs names of the files' contents, by path */
  of(appId: string, blobs: ReadonlyMap<string, string>): ReadonlyMap<string, bigint> {
    const attributes = [...blobs].filter(([path]) => /(^|\/)\.gitattributes$/.test(path)).join('\n');
    const before = this.apps.get(appId);
    const known = before?.attributes === attributes ? before.files : undefined;
    // Other processes build for the same engine: not even they are to give the same time.
    const now = BigInt(Date.now()) * 1_000_000n + BigInt(randomInt(1_000_000));
    const files = new Map([...blobs].map(([path, blob]) => {
      const same = known?.get(path);
      return [path, same?.blob === blob ? same : { blob, at: now }] as const;
    })); // prettier-ignore
    this.keep(appId, { attributes, files });
    return new Map([...files].map(([path, { at }]) => [path, at]));
  }

  private keep(appId: string, known: Known): void {
    this.forget(appId);
    if (known.files.size > MOST_FILES) return;
    this.apps.set(appId, known);
    this.held += known.files.size;
    for (const [oldest] of this.apps) {
      if (this.held <= MOST_FILES) return;
      this.forget(oldest);
    }
  }

  private forget(appId: string): void {
    this.held -= this.apps.get(appId)?.files.size ?? 0;
    this.apps.delete(appId);
  }
}
