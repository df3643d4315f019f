import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

const limitBytes = 10 * 1024 * 1024;
const kept = 3;

/**
 * Appends to a file that is rotated by size: `name.log`, `name.log.1` … `name.log.3`, 10 MiB each.
 */
export class LogFile {
  /** @param {string} path @param {{ limitBytes?: number }} [options] */
  constructor(path, options = {}) {
    this.path = path;
    this.limit = options.limitBytes ?? limitBytes;
    mkdirSync(dirname(path), { recursive: true });
    this.size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  }

  /** @param {string} line without its end */
  write(line) {
    const bytes = Buffer.byteLength(line) + 1;
    try {
      if (this.size > 0 && this.size + bytes > this.limit) this.rotate();
      appendFileSync(this.path, `${line}\n`);
      this.size += bytes;
    } catch {
      // A full disk must not take the supervisor down; the terminal still shows warnings.
    }
  }

  rotate() {
    for (let number = kept; number >= 1; number--) {
      const from = number === 1 ? this.path : `${this.path}.${number - 1}`;
      if (statSync(from, { throwIfNoEntry: false })) renameSync(from, `${this.path}.${number}`);
    }
    this.size = 0;
  }
}
