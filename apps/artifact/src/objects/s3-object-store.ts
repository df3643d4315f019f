import type { Readable } from 'node:stream';
import { DomainError } from '@osiris/contracts';
import type { Client } from 'minio';
import { contentDisposition, mediaType, servedType } from './disposition';
import { BodyInterrupted, measured } from './measured';
import { checkObjectKey } from './object-key';
import type { ByteRange, DownloadOptions, ObjectStore, PutOptions, StoredObject } from './object-store';
import { partsOf } from './parts';
import { s3Transport } from './s3-transport';

/** Memory that one upload holds, in bytes; S3 takes at most 10 000 parts, so objects can have 80 GB. */
const PART_BYTES = 8 * 1024 * 1024;

export interface S3Options {
  /** `http(s)://host[:port]` */
  endpoint: string;
  bucket: string;
  region: string;
  accessKey: string;
  secretKey: string;
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
      transport: s3Transport(secure ? 'https:' : 'http:') as never,
      // Its retry writes to the console and waits up to a minute; uploaders try again by themselves.
      retryOptions: { disableRetry: true },
    });
    return new S3ObjectStore(client, options);
  }

  async put(key: string, body: Readable, { contentType, contentEncoding, maxBytes }: PutOptions): Promise<StoredObject> {
    checkObjectKey(key);
    return this.guarded(async () => {
      await this.bucketReady();
      const headers = { 'Content-Type': mediaType(contentType), ...(contentEncoding ? { 'Content-Encoding': contentEncoding } : {}) };
      return measured(body, maxBytes, (bytes) => this.send(key, bytes, headers));
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
      if ((error as { code?: unknown }).code !== 'BucketAlreadyOwnedByYou') throw error;
    }
  }

  /**
   * The minio client's own streaming upload holds half a gigabyte a part where the size is unknown, never ends where
   * the source fails, and leaves the parts behind: so the parts are sent one by one through its calls.
   */
  private async send(key: string, body: Readable, headers: Record<string, string>): Promise<void> {
    const parts = partsOf(body, PART_BYTES);
    const first = await parts.next();
    const opening = first.value ?? Buffer.alloc(0);
    if (opening.length < PART_BYTES) {
      await this.client.putObject(this.bucket, key, opening, opening.length, headers);
      return;
    }
    const uploadID = await this.client.initiateNewMultipartUpload(this.bucket, key, headers);
    try {
      const sent: { part: number; etag: string }[] = [];
      const sendPart = async (payload: Buffer): Promise<void> => {
        const partNumber = sent.length + 1;
        const at = { bucketName: this.bucket, objectName: key, uploadID, partNumber, headers: { 'Content-Length': payload.length } };
        const { etag } = await this.client.uploadPart(at as never, payload);
        sent.push({ part: partNumber, etag });
      };
      await sendPart(opening);
      for await (const payload of parts) await sendPart(payload);
      await this.client.completeMultipartUpload(this.bucket, key, uploadID, sent);
    } catch (error) {
      await this.client.abortMultipartUpload(this.bucket, key, uploadID).catch(() => undefined);
      throw error;
    }
  }

  private async guarded<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw this.asDomainError(error);
    }
  }

  private asDomainError(error: unknown): unknown {
    if (error instanceof DomainError || error instanceof BodyInterrupted) return error;
    const code = (error as { code?: unknown }).code;
    if (code === 'NoSuchKey' || code === 'NotFound') return new DomainError('NOT_FOUND', 'There is no such object', { cause: error });
    if (code === 'NoSuchBucket') this.ready = undefined;
    const why = typeof code === 'string' ? code : 'no answer';
    return new DomainError('STORE_UNAVAILABLE', `The object store does not answer as it should (${why})`, { cause: error, retryAfterSeconds: 5 });
  }
}
