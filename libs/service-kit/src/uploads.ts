import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { type ArtifactKind, type ArtifactOwner, artifactUploadSign, type ContentEncoding, DomainError } from '@osiris/contracts';
import { z } from 'zod';
import { Requests } from './nats/requests';
import { currentTraceparent } from './trace';

/** Between two tries, in milliseconds: the first pause, doubled each time up to the longest. */
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 8_000;
/** How long a body that can be sent again is tried, in milliseconds: a store that is restarted is waited for. */
const PATIENCE_MS = 4_000;
const Uploaded = z.object({ id: z.string(), bytes: z.number(), sha256: z.string() });

/** A body that can be sent again, or a stream that can be sent once. */
export type UploadBody = Buffer | (() => Readable) | Readable;

/** Puts an object into the artifact store, through a URL that the artifact service signs. */
@Injectable()
export class Uploads {
  constructor(private readonly requests: Requests) {}

  /**
   * `contentEncoding`: how the body is compressed already; nothing is compressed here.
   * @throws DomainError STORE_UNAVAILABLE where it could not be stored: at once with a stream, else after `patienceMs` of trying.
   */
  async put(
    what: { kind: ArtifactKind; owner: ArtifactOwner; contentType: string; contentEncoding?: z.infer<typeof ContentEncoding> },
    body: UploadBody,
    patienceMs = PATIENCE_MS,
  ): Promise<{ id: string; bytes: number; sha256: string }> {
    const givesUpAt = performance.now() + (body instanceof Readable ? 0 : patienceMs);
    for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
      try {
        const { uploadUrl } = await this.requests.send(artifactUploadSign, what);
        return await this.send(uploadUrl, what.contentType, body);
      } catch (error) {
        if (performance.now() + pauseMs > givesUpAt) throw new DomainError('STORE_UNAVAILABLE', 'The artifact could not be stored', { cause: error });
        await new Promise((resolve) => setTimeout(resolve, pauseMs));
      }
    }
  }

  private async send(url: string, contentType: string, body: UploadBody): Promise<z.infer<typeof Uploaded>> {
    const stream = typeof body === 'function' ? body() : body;
    const traceparent = currentTraceparent();
    const response = await fetch(url, {
      method: 'PUT',
      headers: { 'content-type': contentType, ...(traceparent ? { traceparent } : {}) },
      body: stream instanceof Readable ? (Readable.toWeb(stream) as unknown as ReadableStream) : new Uint8Array(stream),
      // Node's fetch needs this to stream a body (https://fetch.spec.whatwg.org/#dom-requestinit-duplex).
      duplex: 'half',
    } as RequestInit);
    if (!response.ok) throw new Error(`The artifact service answered ${response.status}`);
    return Uploaded.parse(await response.json());
  }
}
