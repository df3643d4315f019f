import { createHash } from 'node:crypto';
import { type Readable, Transform, type TransformCallback } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { DomainError } from '@osiris/contracts';
import type { StoredObject } from './object-store';

class Measure extends Transform {
  private readonly hash = createHash('sha256');
  private bytes = 0;

  constructor(private readonly maxBytes: number) {
    super();
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.bytes += chunk.length;
    if (this.bytes > this.maxBytes) {
      done(new DomainError('OBJECT_TOO_LARGE', `The object is larger than the ${this.maxBytes} bytes that are taken`));
      return;
    }
    this.hash.update(chunk);
    done(null, chunk);
  }

  result(): StoredObject {
    return { bytes: this.bytes, sha256: this.hash.digest('hex') };
  }
}

/** The sender went away or failed before the body's end: no fault of the store. */
export class BodyInterrupted extends Error {
  override readonly name = 'BodyInterrupted';
}

/**
 * Has `consume` read the body while it is hashed, counted and bounded.
 * @throws OBJECT_TOO_LARGE beyond `maxBytes`; BodyInterrupted where the body failed; else what `consume` threw.
 */
export async function measured(body: Readable, maxBytes: number, consume: (body: Readable) => Promise<void>): Promise<StoredObject> {
  const measure = new Measure(maxBytes);
  // A failure travels both ways through the pipeline: the first to notice tells where it began.
  let began: 'body' | 'consumer' | undefined;
  body.once('error', () => (began ??= 'body'));
  const consumed = consume(measure).catch((error: unknown) => {
    began ??= 'consumer';
    measure.destroy(error as Error);
    throw error;
  });
  const [piped, done] = await Promise.allSettled([pipeline(body, measure), consumed]);
  if (piped.status === 'rejected' && piped.reason instanceof DomainError) throw piped.reason;
  if (began === 'body') throw new BodyInterrupted('The body ended early', { cause: piped.status === 'rejected' ? piped.reason : undefined });
  if (done.status === 'rejected') throw done.reason;
  if (piped.status === 'rejected') throw piped.reason;
  return measure.result();
}
