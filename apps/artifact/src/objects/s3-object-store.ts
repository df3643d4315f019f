import type { Readable } from 'node:stream';
import { DomainError } from '@osiris/contracts';
import type { Client } from 'minio';
import { contentDisposition, mediaType, servedType } from './disposition';
import { measured } from './measured';
import { checkObjectKey } from './object-key';
import type { ByteRange, DownloadOptions, ObjectStore, PutOptions, PutResult } from './object-store';
import { abortAbandonedUploads } from './s3-abandoned-uploads';
import { asDomainError, codeOf } from './s3-errors';
import { s3Transport } from './s3-transport';
import { uploadNew } from './s3-upload';

export interface S3Options {
  /** `http(s)://host[:port]` */
  endpoint: string;
  bucket: string;
  region: string;
  accessKey: string;
  secretKey: string;
  /** For how long a connection may be silent, in milliseconds. */
  silenceMs: number;
}

/** Keeps objects in a bucket of any S3 (MinIO, AWS, Ceph, Swift); downloads go there directly, by presigned URLs. */
export class S3ObjectStore implements ObjectStore {
  readonly description: string;
  private readonly bucket: string;
  private ready: Promise<void> | undefined;

  private constructor(
    private readonly client: Client,
    private readonly options: S3Options,
  ) {
    this.bucket = options.bucket;
    this.description = `S3 bucket ${options.bucket} at ${new URL(options.endpoint).host}`;
  }

  /** Makes the client; the store need not answer yet. */
  static async open(options: S3Options): Promise<S3ObjectStore> {
    // The client takes 20 MB of memory: only who uses S3 loads it.
    const { Client: MinioClient } = await import('minio');
    const { protocol, hostname, port } = new URL(options.endpoint);
    const secure = protocol === 'https:';
    const client = new MinioClient({
      endPoint: hostname,
      ...(port ? { port: Number(port) } : {}),
      useSSL: secure,
      accessKey: options.accessKey,
      secretKey: options.secretKey,
      region: options.region,
      transport: s3Transport(secure, options.silenceMs) as never,
      // Its retry writes to the console and waits up to a minute; uploaders try again by themselves.
      retryOptions: { disableRetry: true },
    });
    return new S3ObjectStore(client, options);
  }

  async put(key: string, body: Readable, { contentType, contentEncoding, maxBytes }: PutOptions): Promise<PutResult> {
    checkObjectKey(key);
    return this.guarded(async () => {
      await this.bucketReady();
      const headers = { 'Content-Type': mediaType(contentType), ...(contentEncoding ? { 'Content-Encoding': contentEncoding } : {}) };
      let created = false;
      const given = await measured(body, maxBytes, async (bytes) => {
        created = await uploadNew(this.client, { bucket: this.bucket, key, headers }, bytes);
      });
      return { ...given, created };
    });
  }

  async get(key: string, range?: ByteRange): Promise<Readable> {
    checkObjectKey(key);
    return this.guarded(() =>
      range
        ? this.client.getPartialObject(this.bucket, key, range.start, range.end - range.start + 1)
        : this.client.getObject(this.bucket, key),
    );
  }

  async stat(key: string): Promise<{ bytes: number } | null> {
    try {
      checkObjectKey(key);
      const { size } = await this.guarded(() => this.client.statObject(this.bucket, key));
      return { bytes: size };
    } catch (error) {
      if (error instanceof DomainError && error.code === 'NOT_FOUND') return null;
      throw error;
    }
  }

  async delete(key: string): Promise<void> {
    try {
      checkObjectKey(key);
      await this.guarded(() => this.client.removeObject(this.bucket, key));
    } catch (error) {
      if (!(error instanceof DomainError && error.code === 'NOT_FOUND')) throw error;
    }
  }

  signDownload(key: string, expirySeconds: number, { contentType, contentEncoding, filename }: DownloadOptions): Promise<string> {
    return this.client.presignedGetObject(this.bucket, checkObjectKey(key), expirySeconds, {
      'response-content-type': servedType(contentType),
      // Also stored with the object; said again for gateways that keep no such header.
      ...(contentEncoding ? { 'response-content-encoding': contentEncoding } : {}),
      'response-content-disposition': contentDisposition(contentType, filename),
    } as never);
  }

  async check(): Promise<void> {
    await this.guarded(async () => {
      await this.bucketReady();
      if (await this.client.bucketExists(this.bucket)) return;
      this.ready = undefined;
      throw new DomainError('STORE_UNAVAILABLE', `The bucket ${this.bucket} is gone`);
    });
  }

  /** The parts of an upload that was never completed take room that no listing of objects shows. */
  async removeAbandoned(before: Date): Promise<number> {
    return this.guarded(async () => {
      await this.bucketReady();
      return abortAbandonedUploads(this.client, this.bucket, before);
    });
  }

  /** Makes the bucket where it is missing; tried again by the next call where that failed. */
  private bucketReady(): Promise<void> {
    this.ready ??= this.makeBucket().catch((error: unknown) => {
      this.ready = undefined;
      throw error;
    });
    return this.ready;
  }

  private async makeBucket(): Promise<void> {
    if (await this.client.bucketExists(this.bucket)) return;
    try {
      await this.client.makeBucket(this.bucket, this.options.region);
    } catch (error) {
      // Another replica was faster.
      if (codeOf(error) !== 'BucketAlreadyOwnedByYou') throw error;
    }
  }

  private async guarded<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (codeOf(error) === 'NoSuchBucket') this.ready = undefined;
      throw asDomainError(error);
    }
  }
}
