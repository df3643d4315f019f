import { Inject, Injectable } from '@nestjs/common';
import { type Artifact, artifactDownloadSign, artifactGet, DomainError, portOf } from '@osiris/contracts';
import { ENV, Requests } from '@osiris/service-kit';
import { type IncomingMessage, get as getByHttp } from 'node:http';
import { get as getByHttps } from 'node:https';
import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
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
    const { contentType, contentEncoding } = artifact;
    const { url } = await this.requests.send(artifactDownloadSign, { objectKey, contentType, contentEncoding });
    return { artifact, url };
  }

  /**
   * The object's bytes by a URL of `signed`, decompressed; with `asStored` compressed where they are stored so.
   * @throws DomainError STORE_UNAVAILABLE.
   */
  async readStored(signedUrl: string, { asStored, signal }: { asStored: boolean; signal: AbortSignal }): Promise<{ body: Readable; gzip: boolean }> {
    const { host, port } = this.folder;
    const answer = await getCompressed(new URL(signedUrl, `http://${host}:${port}`), signal).catch((error: unknown) => {
      throw new DomainError('STORE_UNAVAILABLE', 'The stored object cannot be read. Try again in a moment.', { cause: error });
    });
    if (answer.statusCode !== 200) {
      answer.destroy();
      throw new DomainError('STORE_UNAVAILABLE', `The stored object cannot be read (${answer.statusCode}). Try again in a moment.`);
    }
    const gzip = answer.headers['content-encoding'] === 'gzip';
    if (!gzip || asStored) return { body: answer, gzip };
    // An error of either ends both, and is seen by whoever reads; one that nobody reads any more must not end the process.
    const body = pipeline(answer, createGunzip(), () => undefined).on('error', () => undefined);
    return { body, gzip: false };
  }

  /** The object's bytes by a URL of `signed`. @throws DomainError STORE_UNAVAILABLE. */
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

/** `fetch` would decompress what is to be passed on as it is. */
function getCompressed(url: URL, signal: AbortSignal): Promise<IncomingMessage> {
  const get = url.protocol === 'https:' ? getByHttps : getByHttp;
  return new Promise((resolve, reject) => {
    get(url, { headers: { 'accept-encoding': 'gzip' }, signal }, (answer) => {
      // Who has left by now hears of no error.
      answer.on('error', () => undefined);
      resolve(answer);
    }).on('error', reject);
  });
}
