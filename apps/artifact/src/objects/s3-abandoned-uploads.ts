import type { Client } from 'minio';
import { KEY_PREFIX } from './object-key';

/** What the client gives, whatever its types say. */
interface Incomplete {
  key?: string;
  uploadId?: string;
  initiated?: Date | string;
}

/**
 * Aborts multipart uploads of this hub's keys that were begun before that moment; others' in the same bucket are left.
 * @returns how many
 */
export async function abortAbandonedUploads(client: Client, bucket: string, before: Date): Promise<number> {
  let aborted = 0;
  for await (const item of client.listIncompleteUploads(bucket, KEY_PREFIX, true)) {
    const { key, uploadId, initiated } = item as Incomplete;
    if (!key?.startsWith(KEY_PREFIX) || !uploadId || !initiated || new Date(initiated) >= before) continue;
    try {
      await client.abortMultipartUpload(bucket, key, uploadId);
      aborted++;
    } catch (error) {
      // Ended in the meantime, by whoever began it.
      if ((error as { code?: unknown }).code !== 'NoSuchUpload') throw error;
    }
  }
  return aborted;
}
