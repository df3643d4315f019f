import { z } from 'zod';
import { AppId, BuildId, CommitSha, ErrorData, IdempotencyKey, Instant } from './primitives';

export const BuildStatus = z.enum(['pending', 'running', 'succeeded', 'failed', 'canceled']);
export type BuildStatus = z.infer<typeof BuildStatus>;

export const Image = z.object({
  /** Name:tag by which the engine knows it. */
  reference: z.string(),
  /** `sha256:…`, the engine's image id or, where pushed, the manifest's digest. */
  digest: z.string(),
  bytes: z.number().int(),
});
export type Image = z.infer<typeof Image>;

export const Build = z.object({
  id: BuildId,
  appId: AppId,
  commitSha: CommitSha,
  status: BuildStatus,
  error: ErrorData.nullable(),
  image: Image.nullable(),
  log: z.object({ url: z.string(), bytes: z.number().int(), lines: z.number().int() }).nullable(),
  queuedAt: Instant,
  startedAt: Instant.nullable(),
  completedAt: Instant.nullable(),
  durationMs: z.number().int().nullable(),
});
export type Build = z.infer<typeof Build>;

export const CreateBuild = z.object({ appId: AppId, idempotencyKey: IdempotencyKey });
