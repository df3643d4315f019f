import type { IncomingMessage } from 'node:http';

const MAX_BYTES = 64 * 1024 * 1024;
const MAX_MS = 5_000;

/**
 * Reads a refused body to its end and throws it away: a client that is still sending when the connection closes sees
 * a broken pipe instead of the answer. Not for ever: whoever sends more than 64 MiB, or for more than five seconds, is cut off.
 */
export function drained(request: IncomingMessage): Promise<void> {
  if (request.complete || request.destroyed) return Promise.resolve();
  return new Promise((resolve) => {
    let bytes = 0;
    const done = (): void => {
      clearTimeout(timer);
      request.off('data', count).off('end', done).off('close', done).pause();
      resolve();
    };
    const count = (part: Buffer): void => {
      bytes += part.length;
      if (bytes > MAX_BYTES) done();
    };
    const timer = setTimeout(done, MAX_MS);
    request.on('data', count).once('end', done).once('close', done);
  });
}
