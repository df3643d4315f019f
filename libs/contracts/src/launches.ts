import { z } from 'zod';
import { AppId, BuildId, Cursor, ErrorData, IdempotencyKey, Instant, LaunchId, Limit } from './primitives';

export const LaunchStatus = z.enum(['pending', 'starting', 'running', 'stopping', 'stopped', 'failed', 'expired']);
export type LaunchStatus = z.infer<typeof LaunchStatus>;
export const LaunchProfile = z.enum(['small', 'medium', 'large']);
export type LaunchProfile = z.infer<typeof LaunchProfile>;
/** What a launch takes of a runner's capacity, which is counted in small launches: as its memory is to theirs. */
export const LAUNCH_PLACES: Readonly<Record<LaunchProfile, number>> = { small: 1, medium: 2, large: 4 };

/** Names as POSIX has them (IEEE Std 1003.1, 8.1), so that nothing else slips into the container's environment. */
export const EnvName = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,127}$/, 'a variable name is letters, digits and "_"');
export const EnvValue = z.string().max(32_768).regex(/^[^\u0000]*$/, 'a value holds no NUL');
export const LaunchEnv = z
  .record(EnvName, EnvValue)
  .refine((env) => Object.keys(env).length <= 100, 'at most 100 variables');

export const TtlSeconds = z.number().int().min(60).max(86_400);

export const Launch = z.object({
  id: LaunchId,
  appId: AppId,
  buildId: BuildId,
  status: LaunchStatus,
  /** Signed; set once the app answers. */
  previewUrl: z.string().nullable(),
  error: ErrorData.nullable(),
  profile: LaunchProfile,
  createdAt: Instant,
  startedAt: Instant.nullable(),
  expiresAt: Instant,
  /** Milliseconds: waiting for a runner; the engine starting the container; until the app answered. */
  timings: z.object({
    queuedMs: z.number().int().nullable(),
    startMs: z.number().int().nullable(),
    readyMs: z.number().int().nullable(),
  }),
});
export type Launch = z.infer<typeof Launch>;

export const CreateLaunchBody = z.strictObject({
  appId: AppId,
  buildId: BuildId.optional(),
  env: LaunchEnv.optional(),
  ttlSeconds: TtlSeconds.default(1800),
  profile: LaunchProfile.default('small'),
});
export const CreateLaunch = CreateLaunchBody.extend({ idempotencyKey: IdempotencyKey });
export const ExtendLaunchBody = z.strictObject({ ttlSeconds: TtlSeconds });
export const ListLaunchesQuery = z.object({
  appId: AppId.optional(),
  status: LaunchStatus.optional(),
  limit: Limit,
  cursor: Cursor,
});
