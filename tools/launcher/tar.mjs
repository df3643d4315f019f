import { createReadStream, statSync } from 'node:fs';
import { Readable } from 'node:stream';

/**
 * @typedef {{ path: string, type: 'file', source: string, mode?: number }
 *   | { path: string, type: 'text', text: string, mode?: number }
 *   | { path: string, type: 'folder', mode?: number, uid?: number }
 *   | { path: string, type: 'link', target: string }} TarEntry
 * `path` is relative, without a leading slash. Owner is root unless `uid` says otherwise.
 */

const typeFlags = { file: '0', text: '0', link: '2', folder: '5' };

/** @param {number} value @param {number} length */
const octal = (value, length) => `${value.toString(8).padStart(length - 1, '0')}\0`;

/**
 * A ustar header (POSIX.1-1988), which holds paths of up to 255 bytes.
 * @param {TarEntry} entry
 * @param {number} size
 */
function header(entry, size) {
  const block = Buffer.alloc(512);
  const [prefix, name] = splitPath(entry.type === 'folder' ? `${entry.path}/` : entry.path);
  const mode = ('mode' in entry && entry.mode) || (entry.type === 'folder' ? 0o755 : entry.type === 'link' ? 0o777 : 0o644);
  const owner = ('uid' in entry && entry.uid) || 0;
  block.write(name, 0, 100);
  block.write(octal(mode, 8), 100);
  block.write(octal(owner, 8), 108);
  block.write(octal(owner, 8), 116);
  block.write(octal(size, 12), 124);
  block.write(octal(0, 12), 136); // one time for all: the same files make the same archive
  block.write('        ', 148);
  block.write(typeFlags[entry.type], 156);
  if (entry.type === 'link') block.write(entry.target, 157, 100);
  block.write('ustar\u000000', 257);
  block.write(prefix, 345, 155);
  block.write(`${octal(block.reduce((sum, byte) => sum + byte, 0), 7)} `, 148);
  return block;
}

/** @param {string} path @returns {[prefix: string, name: string]} */
function splitPath(path) {
  if (Buffer.byteLength(path) <= 100) return ['', path];
  for (let at = path.indexOf('/'); at > 0 && at < path.length - 1; at = path.indexOf('/', at + 1)) {
    if (Buffer.byteLength(path.slice(at + 1)) <= 100 && Buffer.byteLength(path.slice(0, at)) <= 155) return [path.slice(0, at), path.slice(at + 1)];
  }
  throw new Error(`too long for a tar header: ${path}`);
}

/**
 * A tar archive, made while it is read: no file is held in memory whole.
 * @param {Iterable<TarEntry>} entries
 */
export function tarStream(entries) {
  return Readable.from(archive(entries), { objectMode: false });
}

/** @param {Iterable<TarEntry>} entries */
async function* archive(entries) {
  for (const entry of entries) {
    const text = entry.type === 'text' ? Buffer.from(entry.text) : undefined;
    const size = text?.length ?? (entry.type === 'file' ? statSync(entry.source).size : 0);
    yield header(entry, size);
    if (text && size > 0) yield text;
    if (entry.type === 'file') yield* createReadStream(entry.source, { highWaterMark: 1 << 20 });
    if (size % 512 > 0) yield Buffer.alloc(512 - (size % 512));
  }
  yield Buffer.alloc(1024);
}
