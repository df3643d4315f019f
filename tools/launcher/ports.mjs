import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';

/**
 * Whether a port can be listened on.
 * @param {number} port
 * @param {string} [host]
 * @returns {Promise<boolean>}
 */
export function isFree(port, host = '127.0.0.1') {
  return new Promise((done) => {
    const server = createServer();
    server.once('error', () => done(false));
    server.listen({ port, host, exclusive: true }, () => server.close(() => done(true)));
  });
}

/** @returns {Promise<number>} a port of loopback that is free now */
export function anyFree() {
  return new Promise((done, failed) => {
    const server = createServer();
    server.once('error', failed);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => done(/** @type {import('node:net').AddressInfo} */ (address).port));
    });
  });
}

/**
 * A free port that stays the same from one start to the next, unless another program has taken it meanwhile.
 * @param {string} file where it is kept
 */
export async function keptPort(file) {
  const kept = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
  if (kept > 0 && (await isFree(kept))) return kept;
  const port = await anyFree();
  writeFileSync(file, `${port}\n`);
  return port;
}

/**
 * A port for a gateway whose services' ports (see `offsets`) are free too.
 * @param {number[]} offsets
 */
export async function freeBlock(offsets) {
  for (;;) {
    const port = await anyFree();
    if (port + Math.max(...offsets) > 65_535) continue;
    const free = await Promise.all(offsets.map((offset) => isFree(port + offset)));
    if (free.every(Boolean)) return port;
  }
}
