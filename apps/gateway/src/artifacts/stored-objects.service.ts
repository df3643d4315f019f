import { Inject, Injectable } from '@nestjs/common';
import { type Artifact, artifactDownloadSign, artifactGet, DomainError, portOf } from '@osiris/contracts';
import { ENV, Requests } from '@osiris/service-kit';
import { Readable } from 'node:stream';
import type { GatewayEnv } from '../env';

/** Stored objects by their signed URLs: an S3 store's own, or `/objects/…` of the artifact service's folder. */
@Injectable()
export class StoredObjects {
  constructor(
    private readonly requests: Requests,
    @Inject(ENV) private readonly env: GatewayEnv,
  ) {}

  /** Where the artifact service listens, for what only it can serve. */
  get folder(): { host: string; port: number } {
    return { host: '127.0.0.1', port: portOf('artifact', this.env.PORT) };
  }

  /** The artifact, and a URL that works without credentials for some minutes, absolute or of this gateway. */
  async signed(artifactId: string): Promise<{ artifact: Artifact; url: string }> {
    const { artifact, objectKey } = await this.requests.send(artifactGet, { id: artifactId });
    const { url } = await this.requests.send(artifactDownloadSign, { objectKey, contentType: artifact.contentType });
    return { artifact, url };
  }

  /** The object's bytes. @throws DomainError STORE_UNAVAILABLE. */
  async read(artifactId: string, signal: AbortSignal): Promise<Readable> {
    return this.readSigned((await this.signed(artifactId)).url, signal);
  }

  /** The same by a URL of `signed`. @throws DomainError STORE_UNAVAILABLE. */
  async readSigned(signedUrl: string, signal: AbortSignal): Promise<Readable> {
    const { host, port } = this.folder;
    const url = new URL(signedUrl, `http://${host}:${port}`);
    const response = await fetch(url, { signal }).catch((error: unknown) => {
      throw new DomainError('STORE_UNAVAILABLE', 'The stored object cannot be read. Try again in a moment.', { cause: error });
    });
    if (!response.ok || !response.body) {
      await response.body?.cancel();
      throw new DomainError('STORE_UNAVAILABLE', `The stored object cannot be read (${response.status}). Try again in a moment.`);
    }
    return Readable.fromWeb(response.body as import('node:stream/web').ReadableStream<Uint8Array>);
  }
}
