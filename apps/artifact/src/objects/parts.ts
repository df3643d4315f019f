import type { Readable } from 'node:stream';

/** What the first part begins with, in bytes: most objects are small logs and pictures. */
const FIRST_BYTES = 64 * 1024;

/**
 * Cuts a stream into buffers of exactly `size` bytes, the last one shorter; an empty stream gives none. Each piece is
 * copied as it comes and let go: held until its part is full, it would outlive the young generation, and collecting
 * that took a seventh of an upload's time.
 */
export async function* partsOf(body: Readable, size: number): AsyncGenerator<Buffer, void, undefined> {
  let part: Buffer = Buffer.allocUnsafeSlow(Math.min(size, FIRST_BYTES));
  let length = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    for (let taken = 0; taken < chunk.length; ) {
      if (length === part.length) part = grown(part, Math.min(size, Math.max(1, part.length) * 4));
      const count = Math.min(chunk.length - taken, part.length - length);
      chunk.copy(part, length, taken, taken + count);
      taken += count;
      length += count;
      if (length < size) continue;
      yield part;
      // What follows a whole part is likely to fill another.
      part = Buffer.allocUnsafeSlow(size);
      length = 0;
    }
  }
  if (length > 0) yield part.subarray(0, length);
}

function grown(part: Buffer, size: number): Buffer {
  const larger = Buffer.allocUnsafeSlow(size);
  part.copy(larger);
  return larger;
}
