import type { Readable } from 'node:stream';
import type { Client } from 'minio';
import { partsOf } from './parts';

/** What a part holds, in bytes; S3 takes at most 10 000 parts, so objects can have 80 GB. */
export const PART_BYTES = 8 * 1024 * 1024;
/** How many parts are under way while the next one is read: with that one, the memory that an upload holds. */
const PARTS_AT_ONCE = 2;

export interface UploadTarget {
  bucket: string;
  key: string;
  headers: Record<string, string>;
}

/** `PUT` and `CompleteMultipartUpload` then fail where the key is taken (RFC 9110, section 13.1.2). */
const ONLY_NEW = { 'If-None-Match': '*' };

/**
 * Sends a body of unknown length under a key that is free, and tells whether it was: what is there is never replaced.
 * AWS and MinIO decide that themselves, whoever else writes at the same moment. Ceph (16, which the tests run) does so for objects of
 * less than one part, and ignores the condition of larger ones: there the key is looked at just before, which leaves
 * a gap of milliseconds between two replicas of the service that complete the same id.
 *
 * The minio client's own streaming upload holds half a gigabyte a part where the size is unknown, never ends where the
 * source fails, and leaves the parts behind: so the parts are sent one by one through its calls.
 */
export async function uploadNew(client: Client, target: UploadTarget, body: Readable): Promise<boolean> {
  const parts = partsOf(body, PART_BYTES);
  const first = await parts.next();
  const opening = first.value ?? Buffer.alloc(0);
  if (opening.length === PART_BYTES) return uploadParts(client, target, opening, parts);
  const { bucket, key, headers } = target;
  return unlessTaken(() => client.putObject(bucket, key, opening, opening.length, { ...headers, ...ONLY_NEW }));
}

async function uploadParts(client: Client, { bucket, key, headers }: UploadTarget, opening: Buffer, rest: AsyncIterable<Buffer>): Promise<boolean> {
  const uploadId = await client.initiateNewMultipartUpload(bucket, key, headers);
  try {
    const sent = await sendParts(client, { bucketName: bucket, objectName: key, uploadID: uploadId }, opening, rest);
    const created = !(await isTaken(client, bucket, key)) && (await unlessTaken(() => complete(client, { bucket, key }, uploadId, sent)));
    if (!created) await client.abortMultipartUpload(bucket, key, uploadId);
    return created;
  } catch (error) {
    // Where this fails too, the sweep of abandoned uploads takes them away.
    await client.abortMultipartUpload(bucket, key, uploadId).catch(() => undefined);
    throw error;
  }
}

/** @returns the parts' ETags in order */
async function sendParts(client: Client, upload: { bucketName: string; objectName: string; uploadID: string }, opening: Buffer, rest: AsyncIterable<Buffer>): Promise<string[]> {
  const etags: string[] = [];
  const underWay = new Set<Promise<void>>();
  const send = async (payload: Buffer, partNumber: number): Promise<void> => {
    const part = { ...upload, partNumber, headers: { 'Content-Length': payload.length } };
    etags[partNumber - 1] = (await client.uploadPart(part as never, payload)).etag;
  };
  let count = 0;
  const begin = (payload: Buffer): void => {
    const sending = send(payload, ++count).finally(() => underWay.delete(sending));
    // Whoever awaits it hears of a failure; that it fails while the next part is read must not end the process.
    sending.catch(() => undefined);
    underWay.add(sending);
  };
  try {
    begin(opening);
    for await (const payload of rest) {
      begin(payload);
      if (underWay.size >= PARTS_AT_ONCE) await Promise.race(underWay);
    }
    await Promise.all(underWay);
    return etags;
  } finally {
    // A part that arrived after the upload was given up would stay for ever.
    await Promise.allSettled(underWay);
  }
}

/** By hand: the client's own call takes no headers. */
async function complete(client: Client, { bucket, key }: { bucket: string; key: string }, uploadId: string, etags: string[]): Promise<void> {
  const parts = etags.map((etag, index) => `<Part><PartNumber>${index + 1}</PartNumber><ETag>${etag.replace(/[<>&]/g, '')}</ETag></Part>`);
  const body = `<CompleteMultipartUpload xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${parts.join('')}</CompleteMultipartUpload>`;
  const request = { method: 'POST', bucketName: bucket, objectName: key, query: `uploadId=${encodeURIComponent(uploadId)}`, headers: { ...ONLY_NEW } };
  const answer = await client.makeRequestAsync(request as never, body);
  let text = '';
  for await (const chunk of answer) text += String(chunk);
  // The one call of S3 that may say 200 first and fail then.
  const code = /<Error>[^]*?<Code>([A-Za-z]+)<\/Code>/.exec(text)?.[1];
  if (code) throw Object.assign(new Error('The object could not be put together of its parts'), { code });
}

async function isTaken(client: Client, bucket: string, key: string): Promise<boolean> {
  try {
    await client.statObject(bucket, key);
    return true;
  } catch (error) {
    if ((error as { code?: unknown }).code === 'NotFound') return false;
    throw error;
  }
}

async function unlessTaken(write: () => Promise<unknown>): Promise<boolean> {
  try {
    await write();
    return true;
  } catch (error) {
    if ((error as { code?: unknown }).code === 'PreconditionFailed') return false;
    throw error;
  }
}
