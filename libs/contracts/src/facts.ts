import { z } from 'zod';
import { ArtifactKind, ArtifactOwner } from './artifacts';
import { Image } from './builds';
import { defineFact } from './define';
import { AppId, ArtifactId, BuildId, CommitSha, ErrorData, Instant, LaunchId, Media, Tag } from './primitives';

const At = { at: Instant };
const OfIngestion = { ...At, ingestionId: z.string(), appId: AppId, attempt: z.number().int(), delivery: z.number().int() };
const OfBuild = { ...At, buildId: BuildId, appId: AppId, attempt: z.number().int() };
const OfLaunch = { ...At, launchId: LaunchId, appId: AppId, attempt: z.number().int() };

/** What ingestion read from a commit. */
export const IngestedMetadata = z.object({
  name: z.string().nullable(),
  description: z.string().nullable(),
  /** Port the app says it listens on (EXPOSE, or app_port of the front matter). */
  port: z.number().int().nullable(),
  readmeSummary: z.string().nullable(),
});
export type IngestedMetadata = z.infer<typeof IngestedMetadata>;

export const ingestionStarted = defineFact('facts.ingestion.started.v1', {
  producer: 'ingestion',
  schema: z.object({ ...OfIngestion, message: z.string() }),
});
export const ingestionProgressed = defineFact('facts.ingestion.progressed.v1', {
  producer: 'ingestion',
  schema: z.object({
    ...OfIngestion,
    phase: z.enum(['fetching', 'reading']),
    message: z.string(),
    commitSha: CommitSha.nullable(),
    durationMs: z.number().int(),
  }),
});
export const ingestionCompleted = defineFact('facts.ingestion.completed.v1', {
  producer: 'ingestion',
  schema: z.object({
    ...OfIngestion,
    commitSha: CommitSha,
    /** The branch or tag that was fetched. */
    ref: z.string().nullable(),
    dockerfilePath: z.string(),
    metadata: IngestedMetadata,
    tags: z.array(Tag),
    media: z.array(Media),
    warnings: z.array(z.string()),
    durationMs: z.number().int(),
  }),
});
export const ingestionFailed = defineFact('facts.ingestion.failed.v1', {
  producer: 'ingestion',
  schema: z.object({
    ...OfIngestion,
    error: ErrorData,
    commitSha: CommitSha.nullable(),
    /** True where the job is going to be delivered again. */
    willRetry: z.boolean(),
    durationMs: z.number().int(),
  }),
});

export const buildStarted = defineFact('facts.build.started.v1', { producer: 'build', schema: z.object(OfBuild) });
export const buildSucceeded = defineFact('facts.build.succeeded.v1', {
  producer: 'build',
  schema: z.object({
    ...OfBuild,
    image: Image,
    /** TCP ports the image exposes. */
    ports: z.array(z.number().int()),
    logArtifactId: ArtifactId.nullable(),
    logLines: z.number().int(),
    logBytes: z.number().int(),
    durationMs: z.number().int(),
  }),
});
export const buildFailed = defineFact('facts.build.failed.v1', {
  producer: 'build',
  schema: z.object({
    ...OfBuild,
    error: ErrorData,
    logArtifactId: ArtifactId.nullable(),
    logLines: z.number().int(),
    logBytes: z.number().int(),
    durationMs: z.number().int(),
  }),
});
export const buildCanceled = defineFact('facts.build.canceled.v1', {
  producer: 'build',
  schema: z.object({
    ...OfBuild,
    logArtifactId: ArtifactId.nullable(),
    logLines: z.number().int(),
    logBytes: z.number().int(),
    durationMs: z.number().int(),
  }),
});

export const launchStarting = defineFact('facts.launch.starting.v1', {
  producer: 'runner',
  schema: z.object({ ...OfLaunch, runnerId: z.string(), containerId: z.string().nullable() }),
});
export const launchRunning = defineFact('facts.launch.running.v1', {
  producer: 'runner',
  schema: z.object({
    ...OfLaunch,
    runnerId: z.string(),
    containerId: z.string(),
    /** Port on which the app answered. */
    port: z.number().int(),
    /** Milliseconds from the job's arrival to the container's start, and from there to the first answer. */
    startMs: z.number().int(),
    readyMs: z.number().int(),
  }),
});
export const launchEnded = defineFact('facts.launch.ended.v1', {
  producer: 'runner',
  schema: z.object({
    ...OfLaunch,
    /** `failed` carries `error`. `stopped` and `expired` were asked for. */
    outcome: z.enum(['stopped', 'expired', 'failed']),
    error: ErrorData.nullable(),
    exitCode: z.number().int().nullable(),
    logArtifactId: ArtifactId.nullable(),
  }),
});

export const artifactStored = defineFact('facts.artifact.stored.v1', {
  producer: 'artifact',
  schema: z.object({
    ...At,
    id: ArtifactId,
    kind: ArtifactKind,
    owner: ArtifactOwner,
    objectKey: z.string(),
    contentType: z.string(),
    bytes: z.number().int(),
    sha256: z.string(),
  }),
});

/** A job that was given up after its last delivery, or whose payload did not fit its schema. */
export const jobDeadLettered = defineFact('facts.job.dead-lettered.v1', {
  producer: 'any',
  schema: z.object({
    ...At,
    subject: z.string(),
    worker: z.string(),
    payload: z.unknown(),
    deliveries: z.number().int(),
    error: ErrorData,
  }),
});

/** Said by each service once it is up, and again every minute. */
export const serviceStarted = defineFact('facts.service.started.v1', {
  producer: 'any',
  schema: z.object({
    ...At,
    slug: z.string(),
    name: z.string(),
    kind: z.string(),
    baseUrl: z.string(),
    instance: z.string(),
    capabilities: z.array(z.string()),
  }),
});
