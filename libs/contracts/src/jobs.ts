import { z } from 'zod';
import { BaseImage, BuildArgs, BuildTarget, Image } from './builds';
import { defineJob } from './define';
import { LaunchEnv, LaunchProfile } from './launches';
import { AppId, BuildId, CommitSha, Instant, LaunchId, VerificationId } from './primitives';

/** What the catalog leases to a worker: the id of the lifecycle's row, fenced by `attempt`. */
const Leased = { attempt: z.number().int().min(1) };

/** `repoUrl` may hold credentials: it never goes into a log, an event or an answer (`redactUrl`). */
export const ingestJob = defineJob('jobs.ingest.v1', {
  worker: 'ingestion',
  maxAttempts: 3,
  backoffMs: [10_000],
  schema: z.object({
    ...Leased,
    ingestionId: z.string(),
    appId: AppId,
    slug: z.string(),
    repoUrl: z.string(),
    ref: z.string().nullable(),
    dockerfilePath: z.string().nullable(),
    /**
     * What the entry was last read from. Where the ref still points at it, and the readers are still those of `readBy`
     * (`facts.ingestion.completed.v1` says it), nothing is fetched: `facts.ingestion.unchanged.v1` is the answer. Null or
     * absent: read in any case.
     */
    known: z.object({ commitSha: CommitSha, readBy: z.string() }).nullable().optional(),
  }),
});

/**
 * Asks where a ref points now, without fetching anything. Answered by `facts.repository.checked.v1`, failures too: the
 * catalog decides when to ask again, so the job itself is not tried again. No lease: two answers to one question do no harm.
 * `repoUrl` is as secret as in `ingestJob`.
 */
export const repositoryCheckJob = defineJob('jobs.repository-check.v1', {
  worker: 'ingestion',
  maxAttempts: 3,
  schema: z.object({
    appId: AppId,
    checkId: z.string(),
    repoUrl: z.string(),
    /** Branch, tag or full ref name; null: the default branch. */
    ref: z.string().nullable(),
    knownCommitSha: CommitSha.nullable(),
  }),
});

export const buildJob = defineJob('jobs.build.v1', {
  worker: 'build',
  schema: z.object({
    ...Leased,
    buildId: BuildId,
    appId: AppId,
    slug: z.string(),
    repoUrl: z.string(),
    ref: z.string().nullable(),
    commitSha: CommitSha,
    dockerfilePath: z.string(),
    target: BuildTarget.nullable().optional(),
    args: BuildArgs.optional(),
    noCache: z.boolean().optional(),
    /** The app's name and its licence as an SPDX expression, for the image's labels. */
    title: z.string().optional(),
    licence: z.string().nullable().optional(),
    /** The newest image of the same commit, Dockerfile, target and arguments: it is taken where its base images are still the same. */
    reuse: z.object({ buildId: BuildId, image: Image, bases: z.array(BaseImage) }).nullable().optional(),
  }),
});

export const launchJob = defineJob('jobs.launch.v1', {
  worker: 'runner',
  schema: z.object({
    ...Leased,
    launchId: LaunchId,
    appId: AppId,
    buildId: BuildId,
    slug: z.string(),
    imageReference: z.string(),
    /** Port the app is thought to listen on (EXPOSE, metadata); null: find it. */
    port: z.number().int().nullable(),
    /** Where the app says that it is well (HEALTHCHECK), with a leading "/"; null or absent: any answer will do. */
    healthPath: z.string().max(1_024).nullable().optional(),
    /** Secret: goes into the container only. */
    env: LaunchEnv,
    /** The verification run has shown that it bears a root file system that cannot be written to. */
    readOnlyRoot: z.boolean().optional(),
    /** Takes the place of the container of an earlier attempt, with the variables that this one has: `env` is empty. */
    restart: z.boolean().optional(),
    profile: LaunchProfile,
    expiresAt: Instant,
  }),
});

/**
 * Starts a build's image once, looks whether it comes up, measures, takes a picture, and ends it: the catalogue offers what
 * was seen running. Idempotent by id and attempt; it makes room for launches, so it may wait.
 */
export const verifyJob = defineJob('jobs.verify.v1', {
  worker: 'runner',
  schema: z.object({
    ...Leased,
    verificationId: VerificationId,
    appId: AppId,
    buildId: BuildId,
    slug: z.string(),
    imageReference: z.string(),
    /** As in `launchJob`. */
    port: z.number().int().nullable(),
    healthPath: z.string().max(1_024).nullable(),
  }),
});

/** Ends a launch. Idempotent: a container that is already gone is as good as stopped. */
export const stopJob = defineJob('jobs.launch-stop.v1', {
  worker: 'runner',
  maxAttempts: 10,
  schema: z.object({
    launchId: LaunchId,
    appId: AppId,
    reason: z.enum(['stopped', 'expired', 'idle', 'restarted', 'app-deleted']),
    /** The launch's current attempt, for the fact of a launch that never got a container; absent: 1. */
    attempt: z.number().int().min(1).optional(),
  }),
});

/**
 * Removes an app's images after `DELETE /apps/:id`. Idempotent. Tried for an hour and a half: an image in use by a container
 * that is hard to end is refused meanwhile, and nobody comes back to it afterwards.
 */
export const imageRemovalJob = defineJob('jobs.image-removal.v1', {
  worker: 'build',
  maxAttempts: 25,
  backoffMs: [1_000, 5_000, 15_000, 60_000, 120_000, 300_000],
  schema: z.object({
    appId: AppId,
    references: z.array(z.string()),
    /** Names of other apps for images of this one: they stay. */
    keep: z.array(z.string()).optional(),
  }),
});

/** Clears up now, instead of at the next round: see `build.housekeeping.plan.v1` for what would go. */
export const housekeepingJob = defineJob('jobs.housekeeping.v1', { worker: 'build', maxAttempts: 2, schema: z.object({}) });

/** Removes objects after `DELETE /apps/:id`. Idempotent. */
export const artifactRemovalJob = defineJob('jobs.artifact-removal.v1', {
  worker: 'artifact',
  schema: z.object({ appId: AppId, artifacts: z.array(z.object({ id: z.string(), objectKey: z.string() })) }),
});

export type IngestJob = z.infer<typeof ingestJob.schema>;
export type RepositoryCheckJob = z.infer<typeof repositoryCheckJob.schema>;
export type BuildJob = z.infer<typeof buildJob.schema>;
export type LaunchJob = z.infer<typeof launchJob.schema>;
export type VerifyJob = z.infer<typeof verifyJob.schema>;
export type StopJob = z.infer<typeof stopJob.schema>;
