import { baseEnv, Flag, readEnv } from '@osiris/service-kit';
import { z } from 'zod';

export const envSchema = baseEnv.extend({
  /** Ingestions at a time. */
  INGEST_CONCURRENCY: z.coerce.number().int().min(1).max(64).default(2),
  /** Deliveries of a job before it is given up, and the milliseconds between them. */
  INGEST_ATTEMPTS: z.coerce.number().int().min(1).max(20).default(3),
  INGEST_BACKOFF_MS: z.coerce.number().int().min(0).max(3_600_000).default(10_000),
  /** For the fetch of one repository. */
  INGEST_TIMEOUT_SECONDS: z.coerce.number().int().min(1).max(3_600).default(120),
  INGEST_MAX_BYTES: z.coerce.number().int().min(1).default(1024 ** 3),
  /** Folders, comma-separated, whose repositories may be fetched as `file://`. */
  GIT_ALLOWED_ROOTS: z
    .string()
    .default('')
    .transform((text) => text.split(',').map((folder) => folder.trim()).filter((folder) => folder !== ''))
    .pipe(z.array(z.string().startsWith('/', 'absolute paths, comma-separated'))),
  GIT_ALLOW_PRIVATE_HOSTS: Flag.default(false),
});

export type Env = z.infer<typeof envSchema>;

export function ingestionEnv(source: NodeJS.ProcessEnv = process.env): Env {
  return readEnv(envSchema, source);
}
