import { z } from 'zod';
import { ArtifactKind, ArtifactOwner, ContentEncoding } from './artifacts';
import { BaseImage, BuildFailure, Image, ImageConfig } from './builds';
import { defineFact } from './define';
import { AppId, ArtifactId, BuildId, CommitSha, ErrorData, Instant, LaunchId, Media, Tag, VerificationId } from './primitives';

const At = { at: Instant };
const OfIngestion = { ...At, ingestionId: z.string(), appId: AppId, attempt: z.number().int(), delivery: z.number().int() };
const OfBuild = { ...At, buildId: BuildId, appId: AppId, attempt: z.number().int() };
const OfVerification = { ...At, verificationId: VerificationId, appId: AppId, buildId: BuildId, attempt: z.number().int() };
const OfLaunch = { ...At, launchId: LaunchId, appId: AppId, attempt: z.number().int() };

/** What ingestion read from a commit. */
export const IngestedMetadata = z.object({
  name: z.string().nullable(),
  description: z.string().nullable(),
  /** Port the app says it listens on (EXPOSE, or app_port of the front matter). */
  port: z.number().int().nullable(),
  readmeSummary: z.string().nullable(),
  /** Where the app says that it is well (HEALTHCHECK), with a leading "/". */
  healthPath: z.string().nullable(),
});
export type IngestedMetadata = z.infer<typeof IngestedMetadata>;

/** Which Dockerfile is built, and why that one. */
export const DockerfileChoice = z.object({ path: z.string(), reason: z.string(), others: z.array(z.string()) });
export type DockerfileChoice = z.infer<typeof DockerfileChoice>;

/**
 * Something in the repository that is wrong but does not keep the app from being used.
 * - `MANIFEST_INVALID`: a file of a known format does not parse, or not as its format has it.
 * - `FILE_TRUNCATED`: a file is larger than is read, or there are more than are looked at.
 * - `FILE_UNREADABLE`: a file is not the text it should be: binary, or a pointer of Git LFS.
 * - `DOCKERFILE_DOUBTFUL`: the build is going to fail, or the app not to be reached.
 */
export const IngestionWarning = z.object({
  code: z.enum(['MANIFEST_INVALID', 'FILE_TRUNCATED', 'FILE_UNREADABLE', 'DOCKERFILE_DOUBTFUL']),
  message: z.string().max(500),
  path: z.string().max(1_024).nullable(),
  /** From 1. */
  line: z.number().int().min(1).nullable(),
});
export type IngestionWarning = z.infer<typeof IngestionWarning>;

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
    dockerfile: DockerfileChoice,
    metadata: IngestedMetadata,
    tags: z.array(Tag),
    media: z.array(Media),
    warnings: z.array(IngestionWarning),
    /** The readers' version: given back as `known.readBy`, it says whether they would read the same commit the same way. */
    readBy: z.string().max(100).optional(),
    durationMs: z.number().int(),
  }),
});
/** The ref still points at the commit the job named as known: nothing was fetched, the entry stays as it is. */
export const ingestionUnchanged = defineFact('facts.ingestion.unchanged.v1', {
  producer: 'ingestion',
  schema: z.object({ ...OfIngestion, commitSha: CommitSha, ref: z.string().nullable(), durationMs: z.number().int() }),
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

/** Where a ref points now: exactly one of `commitSha` and `error` is set. */
export const repositoryChecked = defineFact('facts.repository.checked.v1', {
  producer: 'ingestion',
  schema: z.object({ ...At, appId: AppId, checkId: z.string(), commitSha: CommitSha.nullable(), error: ErrorData.nullable() }),
});

/** How long the build took, and where its log is: as text, and as lines with step, stream and time. */
const BuildLog = {
  logArtifactId: ArtifactId.nullable(),
  logLinesArtifactId: ArtifactId.nullable().optional(),
  logLines: z.number().int(),
  /** Of the text, not compressed. */
  logBytes: z.number().int(),
  durationMs: z.number().int(),
};

export const buildStarted = defineFact('facts.build.started.v1', { producer: 'build', schema: z.object(OfBuild) });
export const buildSucceeded = defineFact('facts.build.succeeded.v1', {
  producer: 'build',
  schema: z.object({
    ...OfBuild,
    image: Image,
    /** TCP ports the image exposes. */
    ports: z.array(z.number().int()),
    config: ImageConfig.optional(),
    bases: z.array(BaseImage).optional(),
    /** The build whose image was found ready: nothing was built, and there is no log. */
    reusedBuildId: BuildId.nullable().optional(),
    ...BuildLog,
  }),
});
export const buildFailed = defineFact('facts.build.failed.v1', {
  producer: 'build',
  schema: z.object({
    ...OfBuild,
    error: ErrorData,
    failure: BuildFailure.optional(),
    ...BuildLog,
  }),
});
export const buildCanceled = defineFact('facts.build.canceled.v1', {
  producer: 'build',
  schema: z.object({
    ...OfBuild,
    ...BuildLog,
  }),
});

export const verificationStarted = defineFact('facts.verification.started.v1', {
  producer: 'runner',
  schema: z.object({ ...OfVerification, runnerId: z.string() }),
});
/** The container is gone again. */
export const verificationEnded = defineFact('facts.verification.ended.v1', {
  producer: 'runner',
  schema: z.object({
    ...OfVerification,
    /** Why it did not come up; null: it did. */
    error: ErrorData.nullable(),
    /** The last lines that it printed, oldest first, where it did not come up. */
    lastLines: z.array(z.string().max(2_000)).max(50),
    /** Null where it did not come up. */
    seen: z
      .object({
        bootMs: z.number().int().min(0),
        /** Null where the engine does not tell. */
        memoryBytes: z.number().int().min(0).nullable(),
        port: z.number().int().min(1).max(65_535),
        readOnlyRoot: z.boolean(),
        /** Null where there is no browser, no store, or nothing that a browser could show. */
        screenshotArtifactId: ArtifactId.nullable(),
      })
      .nullable(),
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
    /** It took a seat. */
    warm: z.boolean().optional(),
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
    contentEncoding: ContentEncoding.optional(),
    /** As stored: of what is compressed, the compressed bytes, and their hash. */
    bytes: z.number().int(),
    sha256: z.string(),
  }),
});

/** Housekeeping took images away that the catalog did not want to keep (`catalog.image.review.v1`). */
export const imagesRemoved = defineFact('facts.image.removed.v1', {
  producer: 'build',
  schema: z.object({ ...At, references: z.array(z.string()) }),
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
