import { join } from 'node:path';
import type { DownloadUrls } from '../downloads/download-urls';
import type { Env } from '../env';
import { FolderObjectStore } from './folder-object-store';
import type { ObjectStore } from './object-store';
import { S3ObjectStore } from './s3-object-store';

/** S3 where `S3_ENDPOINT` is set, else the folder `objects` under `OSIRIS_HOME`. */
export async function configuredStore(env: Env, urls: DownloadUrls): Promise<ObjectStore> {
  if (env.S3_ENDPOINT && env.S3_ACCESS_KEY && env.S3_SECRET_KEY) {
    return S3ObjectStore.open({
      endpoint: env.S3_ENDPOINT,
      bucket: env.S3_BUCKET,
      region: env.S3_REGION,
      accessKey: env.S3_ACCESS_KEY,
      secretKey: env.S3_SECRET_KEY,
      silenceMs: env.S3_TIMEOUT_SECONDS * 1000,
    });
  }
  return new FolderObjectStore(join(env.OSIRIS_HOME, 'objects'), urls);
}
