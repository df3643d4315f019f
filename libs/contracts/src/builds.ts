import { z } from 'zod';
import { AppId, BuildId, CommitSha, ErrorData, IdempotencyKey, Instant } from './primitives';
import { Verification } from './verifications';

export const BuildStatus = z.enum(['pending', 'running', 'succeeded', 'failed', 'canceled']);
export type BuildStatus = z.infer<typeof BuildStatus>;

/** Values for a Dockerfile's `ARG`s. No place for secrets: they stay readable in the image's history. */
export const BuildArgs = z
  .record(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,127}$/, 'letters, digits and "_", not beginning with a digit'), z.string().max(4_096))
  .refine((args) => Object.keys(args).length <= 50, 'at most 50 build arguments');
export type BuildArgs = z.infer<typeof BuildArgs>;

/** The stage of the Dockerfile that becomes the image (`FROM … AS <target>`), by name or number. */
export const BuildTarget = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,127}$/, 'the name of a stage');

export const Image = z.object({
  /** Name:tag by which the engine knows it; begins with the registry's host where it was pushed there. */
  reference: z.string(),
  /** `sha256:…`, the engine's image id or, where pushed, the manifest's digest. */
  digest: z.string(),
  bytes: z.number().int(),
});
export type Image = z.infer<typeof Image>;

/** What an image's configuration says (https://github.com/opencontainers/image-spec/blob/main/config.md). */
export const ImageConfig = z.object({
  layers: z.number().int(),
  /** TCP ports that it exposes, ascending. */
  ports: z.array(z.number().int()),
  /** `name`, `uid`, `name:group`; null: root. */
  user: z.string().nullable(),
  entrypoint: z.array(z.string()).nullable(),
  command: z.array(z.string()).nullable(),
  workingDirectory: z.string().nullable(),
  /** `linux/amd64`, `linux/arm64/v8` */
  platform: z.string(),
});
export type ImageConfig = z.infer<typeof ImageConfig>;

/** An image that a stage begins with (`FROM`), or that files were copied from, and what its name stood for at the build. */
export const BaseImage = z.object({
  /** As the Dockerfile names it, variables put in: `node:20-slim`. */
  name: z.string(),
  /** `sha256:…`: the manifest's digest where the name was resolved by a registry, else the engine's image id. */
  digest: z.string(),
});
export type BaseImage = z.infer<typeof BaseImage>;

/** Why a build failed, as data. `message` is for the person whose repository it is. */
export const BuildFailure = ErrorData.extend({
  /** Whether the same build can succeed when it is tried again. */
  retryable: z.boolean(),
  /** Of the Dockerfile, from 1. */
  line: z.number().int().optional(),
  /** The base image that cannot be had. */
  image: z.string().optional(),
  /** The COPY source that is not there. */
  source: z.string().optional(),
  /** `[2/4] RUN npm ci` */
  step: z.string().optional(),
  /** Of the step in the log: `LogLine.stepId`. */
  stepId: z.number().int().optional(),
  exitCode: z.number().int().optional(),
  /** Of the failed step's output, oldest first. */
  lastLines: z.array(z.string()).optional(),
});
export type BuildFailure = z.infer<typeof BuildFailure>;

export const Build = z.object({
  id: BuildId,
  appId: AppId,
  commitSha: CommitSha,
  status: BuildStatus,
  error: ErrorData.nullable(),
  /** What `error` says, with its particulars. Null unless the build has failed. */
  failure: BuildFailure.nullable().optional(),
  image: Image.extend({
    config: ImageConfig.nullable().optional(),
    bases: z.array(BaseImage).optional(),
    /** When housekeeping removed it: such a build cannot be launched any more. */
    removedAt: Instant.nullable().optional(),
  }).nullable(),
  dockerfilePath: z.string().optional(),
  target: z.string().nullable().optional(),
  args: BuildArgs.optional(),
  /** While it waits for a builder: its place, 1 is next, among all that wait. */
  queue: z.object({ position: z.number().int().min(1), of: z.number().int().min(1) }).nullable().optional(),
  /** While it waits: the build of the same commit, Dockerfile and arguments whose end it shares. */
  watches: BuildId.nullable().optional(),
  /** The build whose image this one found ready, so that nothing had to be built. */
  reused: BuildId.nullable().optional(),
  /** The run that shows whether its image comes up. Null before the build has succeeded, and for builds older than such runs. */
  verification: Verification.nullable().optional(),
  log: z.object({ url: z.string(), bytes: z.number().int(), lines: z.number().int() }).nullable(),
  queuedAt: Instant,
  startedAt: Instant.nullable(),
  completedAt: Instant.nullable(),
  durationMs: z.number().int().nullable(),
});
export type Build = z.infer<typeof Build>;

export const CreateBuildBody = z
  .strictObject({
    /** Instead of the app's own, for this build alone. */
    args: BuildArgs.optional(),
    target: BuildTarget.optional(),
    /** Builds every step anew, also where an image of the same commit, Dockerfile, arguments and base images is there. */
    noCache: z.boolean().optional(),
  })
  .optional();
export const CreateBuild = z.object({ appId: AppId, options: CreateBuildBody, idempotencyKey: IdempotencyKey });
