import { baseEnv, readEnv } from '@osiris/service-kit';
import { z } from 'zod';
import { MIN_KEY_LENGTH } from './signatures/signing-keys';

const SigningKeyList = z
  .string()
  .transform((value) => value.split(',').map((key) => key.trim()).filter((key) => key !== ''))
  .refine((keys) => keys.length > 0 && keys.every((key) => key.length >= MIN_KEY_LENGTH), `comma-separated keys of at least ${MIN_KEY_LENGTH} characters each`);

export const envSchema = baseEnv
  .extend({
    SIGNING_KEYS: SigningKeyList,
    /** Where the other services reach this one; by default its own loopback port. */
    ARTIFACT_BASE_URL: z.url({ protocol: /^https?$/ }).optional(),
    /** The largest object that is taken, in bytes. */
    ARTIFACT_MAX_BYTES: z.coerce.number().int().min(1).default(512 * 1024 * 1024),
    /** For how long a download URL works: long enough to follow a redirect and to begin a slow download. S3 takes a week at most. */
    ARTIFACT_DOWNLOAD_SECONDS: z.coerce.number().int().min(1).max(604_800).default(600),
    S3_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
    S3_BUCKET: z.string().regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'a bucket name').default('osiris'),
    S3_ACCESS_KEY: z.string().min(1).optional(),
    S3_SECRET_KEY: z.string().min(1).optional(),
    /** For how long the store may be silent before a request is given up. */
    S3_TIMEOUT_SECONDS: z.coerce.number().min(0.1).max(600).default(20),
    S3_REGION: z.string().min(1).default('us-east-1'),
  })
  .refine((env) => !env.S3_ENDPOINT || (env.S3_ACCESS_KEY && env.S3_SECRET_KEY), {
    path: ['S3_ENDPOINT'],
    message: 'needs S3_ACCESS_KEY and S3_SECRET_KEY',
  });

export type Env = z.infer<typeof envSchema>;

export function artifactEnv(source: NodeJS.ProcessEnv = process.env): Env {
  return readEnv(envSchema, source);
}
