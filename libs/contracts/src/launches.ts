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
  /** While it waits for room: its place, 1 is next, among all that wait. */
  queue: z.object({ position: z.number().int().min(1), of: z.number().int().min(1) }).nullable().optional(),
  /** It took a seat: a container that was started before anybody asked. Null until it runs. */
  warm: z.boolean().nullable().optional(),
  /** When it is going to be stopped for want of use: each request, and each open stream, moves it. Null unless it runs. */
  idleAt: Instant.nullable().optional(),
  /** Why it has ended, where nobody failed. */
  endReason: z.enum(['stopped', 'expired', 'idle', 'app-deleted']).nullable().optional(),
  endedAt: Instant.nullable().optional(),
  /** How often it was started anew, by hand. */
  restarts: z.number().int().optional(),
});
export type Launch = z.infer<typeof Launch>;

export const CreateLaunchBody = z.strictObject({
  appId: AppId,
  buildId: BuildId.optional(),
  env: LaunchEnv.optional(),
  ttlSeconds: TtlSeconds.default(1800),
  profile: LaunchProfile.default('small'),
  /** Where there is no room: wait for it (`queue` tells the place) instead of the answer NO_CAPACITY. */
  wait: z.boolean().default(false),
});
export const CreateLaunch = CreateLaunchBody.extend({ idempotencyKey: IdempotencyKey });
export const ExtendLaunchBody = z.strictObject({ ttlSeconds: TtlSeconds });
/** What a running launch uses, about every two seconds (`launch.stats`). */
export const LaunchStats = z.object({
  appId: AppId,
  launchId: LaunchId,
  at: Instant,
  /** Without what the kernel can take back (page cache). */
  memoryBytes: z.number().int(),
  memoryLimitBytes: z.number().int(),
  /** Of one CPU since the figure before: 150 is one and a half. */
  cpuPercent: z.number(),
  /** CPUs that it may use. */
  cpuLimit: z.number(),
  /** Processes and threads. */
  pids: z.number().int(),
});
export type LaunchStats = z.infer<typeof LaunchStats>;

/** Core NATS, lost where nobody listens: figures of all launches of an app. */
export const launchStatsSubject = (appId: string): string => `stats.launch.${appId}`;

export const ListLaunchesQuery = z.object({
  appId: AppId.optional(),
  status: LaunchStatus.optional(),
  limit: Limit,
  cursor: Cursor,
});
