import { z } from 'zod';
import {
  App,
  History,
  ImportApps,
  ImportAppsResult,
  RegisterApp,
  RelatedAppsQuery,
  RelatedAppsResult,
  SearchAppsQuery,
  SearchAppsReply,
  SuggestTagsQuery,
  SuggestTagsResult,
  UpdateAppBody,
} from './apps';
import { Artifact, ArtifactKind, ArtifactOwner, ContentEncoding } from './artifacts';
import { Build, CreateBuild } from './builds';
import { defineRequest } from './define';
import { ArtifactPlan, EnginePlan, HeldImage, RemovalReason } from './housekeeping';
import { HubEvent, ListEvents } from './events';
import { HubServiceList } from './hub-services';
import { CreateLaunch, Launch, ListLaunchesQuery, TtlSeconds } from './launches';
import { AppId, ArtifactId, BuildId, IdempotencyKey, Instant, LaunchId, pageOf } from './primitives';
import { RepositoryPush, WebhookAnswer } from './webhooks';

const catalog = { owner: 'catalog' } as const;
const artifact = { owner: 'artifact' } as const;
const Nothing = z.object({});
/** The catalog itself waits five seconds for a search index that is being built, and then says how far it is. */
const whileBuilding = { timeoutMs: 7_500 } as const;

// Apps. Where `id` is taken, the app's id or its `owner/name` slug will do.
export const appRegister = defineRequest('catalog.app.register.v1', {
  ...catalog,
  input: RegisterApp,
  output: z.object({ app: App, created: z.boolean() }),
});
export const appSearch = defineRequest('catalog.app.search.v2', { ...catalog, input: SearchAppsQuery, output: SearchAppsReply, ...whileBuilding });
/** The nearest first. */
export const appRelated = defineRequest('catalog.app.related.v1', {
  ...catalog,
  input: RelatedAppsQuery.extend({ id: z.string() }),
  output: RelatedAppsResult,
  ...whileBuilding,
});
export const appGet = defineRequest('catalog.app.get.v1', { ...catalog, input: z.object({ id: z.string() }), output: App });
export const appUpdate = defineRequest('catalog.app.update.v1', {
  ...catalog,
  input: z.object({ id: z.string(), changes: UpdateAppBody }),
  output: App,
});
export const appDelete = defineRequest('catalog.app.delete.v1', { ...catalog, input: z.object({ id: z.string() }), output: Nothing });
export const appHistory = defineRequest('catalog.app.history.v1', { ...catalog, input: z.object({ id: z.string() }), output: History });
export const appRetry = defineRequest('catalog.app.retry.v1', {
  ...catalog,
  input: z.object({ id: z.string(), idempotencyKey: IdempotencyKey }),
  output: App,
});
/** Reads every app of a repository anew that is registered at the pushed ref. NOT_FOUND where no app is of this repository. */
export const repositoryPushed = defineRequest('catalog.repository.pushed.v1', { ...catalog, input: RepositoryPush, output: WebhookAnswer });
/**
 * Takes many ready-made entries into the catalogue at once, for seeding and for tests at size: nothing is fetched or built.
 * An entry whose slug (or id) is there already is skipped. Not offered by the gateway.
 */
export const appImport = defineRequest('catalog.app.import.v1', { ...catalog, input: ImportApps, output: ImportAppsResult, timeoutMs: 30_000 });
export const tagSuggest = defineRequest('catalog.tag.suggest.v1', { ...catalog, input: SuggestTagsQuery, output: SuggestTagsResult, ...whileBuilding });

// Builds. `app.id` or slug in create.
export const buildCreate = defineRequest('catalog.build.create.v1', {
  ...catalog,
  input: CreateBuild.extend({ appId: z.string() }),
  output: Build,
});
export const buildGet = defineRequest('catalog.build.get.v1', { ...catalog, input: z.object({ id: BuildId }), output: Build });
/**
 * A builder says which of the hub's images its engine has; the catalog answers which of them may go: all but the newest of
 * each app, those in use, and those of builds that are under way.
 */
export const imageReview = defineRequest('catalog.image.review.v1', {
  ...catalog,
  input: z.object({ images: z.array(HeldImage).max(2_000) }),
  output: z.object({ removable: z.array(z.object({ reference: z.string(), reason: RemovalReason })) }),
});
/** The artifacts past their time. */
export const artifactPlan = defineRequest('catalog.housekeeping.plan.v1', { ...catalog, input: Nothing, output: ArtifactPlan });
/** Removes artifacts past their time, and has the builders clear up their engines. */
export const housekeepingRun = defineRequest('catalog.housekeeping.run.v1', { ...catalog, input: Nothing, output: Nothing });
/** What one builder's engine would lose, without taking anything away. */
export const enginePlan = defineRequest('build.housekeeping.plan.v1', { owner: 'build', input: Nothing, output: EnginePlan, timeoutMs: 10_000 });
export const buildCancel = defineRequest('catalog.build.cancel.v1', {
  ...catalog,
  input: z.object({ id: BuildId, idempotencyKey: IdempotencyKey }),
  output: Build,
});

// Launches. The gateway adds `previewUrl`: the catalog answers null there.
export const launchCreate = defineRequest('catalog.launch.create.v1', { ...catalog, input: CreateLaunch, output: Launch });
export const launchGet = defineRequest('catalog.launch.get.v1', { ...catalog, input: z.object({ id: LaunchId }), output: Launch });
export const launchList = defineRequest('catalog.launch.list.v1', { ...catalog, input: ListLaunchesQuery, output: pageOf(Launch) });
export const launchExtend = defineRequest('catalog.launch.extend.v1', {
  ...catalog,
  input: z.object({ id: LaunchId, ttlSeconds: TtlSeconds, idempotencyKey: IdempotencyKey }),
  output: Launch,
});
/** The same launch in a new container, under the same address and to the same end. CONFLICT where it has ended or is about to. */
export const launchRestart = defineRequest('catalog.launch.restart.v1', {
  ...catalog,
  input: z.object({ id: LaunchId, idempotencyKey: IdempotencyKey }),
  output: Launch,
});
export const launchStop = defineRequest('catalog.launch.stop.v1', { ...catalog, input: z.object({ id: LaunchId }), output: Launch });

/**
 * Gateways tell, every ten seconds at most, which previews were used and when last: by a request, a message or an open
 * stream. What is not told of for `LAUNCH_IDLE_SECONDS` ends. Launches that do not run are passed over.
 */
export const launchActivity = defineRequest('catalog.launch.activity.v1', {
  ...catalog,
  input: z.object({ items: z.array(z.object({ launchId: LaunchId, at: Instant })).max(1_000) }),
  output: Nothing,
});

/** A container that is started before anybody asks, paused, and handed to the next launch of that build. */
export const SeatWish = z.object({
  appId: AppId,
  buildId: BuildId,
  slug: z.string(),
  imageReference: z.string(),
  port: z.number().int().nullable(),
  healthPath: z.string().max(1_024).nullable(),
  readOnlyRoot: z.boolean(),
  /** How many. */
  wanted: z.number().int().min(1),
  /** Its seats go before those of others. */
  pinned: z.boolean().optional(),
});
export type SeatWish = z.infer<typeof SeatWish>;

/**
 * A runner says which launches have a running container on its engine; the catalog answers which of them to keep
 * and until when, and fails those it believes running there that are not. Also tells the runner's capacity.
 */
export const launchReconcile = defineRequest('catalog.launch.reconcile.v1', {
  ...catalog,
  input: z.object({ runnerId: z.string(), capacity: z.number().int(), running: z.array(LaunchId) }),
  output: z.object({
    items: z.array(z.object({ launchId: LaunchId, keep: z.boolean(), expiresAt: Instant.nullable() })),
    /** Builds of which seats are wanted, those most in demand first: the runner keeps as many as it has memory for. */
    seats: z.array(SeatWish).optional(),
  }),
});

// Leases: a worker asks before it begins and while it works.
export const LeaseKind = z.enum(['ingestion', 'build', 'verification', 'launch']);
export type LeaseKind = z.infer<typeof LeaseKind>;
const Lease = z.object({ kind: LeaseKind, id: z.string(), attempt: z.number().int(), worker: z.string() });
/** `granted:false` with `superseded` (drop the job) or `leased` (another worker has it: come back later). */
export const leaseClaim = defineRequest('catalog.lease.claim.v1', {
  ...catalog,
  input: Lease,
  output: z.object({ granted: z.boolean(), reason: z.enum(['superseded', 'leased']).nullable() }),
});
/** `granted:false`: stop working, the row is final (canceled, deleted) or another attempt has taken over. */
export const leaseRenew = defineRequest('catalog.lease.renew.v1', {
  ...catalog,
  input: Lease,
  output: z.object({ granted: z.boolean() }),
});

export const artifactGet = defineRequest('catalog.artifact.get.v1', {
  ...catalog,
  input: z.object({ id: ArtifactId }),
  output: z.object({ artifact: Artifact, objectKey: z.string() }),
});
/** The stored log of a build or a launch: the newest where a repeated attempt stored another; null while there is none. */
export const artifactLog = defineRequest('catalog.artifact.log.v1', {
  ...catalog,
  input: z.object({ ownerId: z.union([BuildId, LaunchId]) }),
  output: z.object({
    artifactId: ArtifactId.nullable(),
    /** The same log as lines (`build-log-lines`), where those were stored. */
    linesArtifactId: ArtifactId.nullable().optional(),
    /** The build whose log it is, where this one found that one's image ready or shared its end. */
    ofBuildId: BuildId.nullable().optional(),
  }),
});
export const serviceList = defineRequest('catalog.service.list.v1', { ...catalog, input: Nothing, output: HubServiceList });
/** Events after a sequence, oldest first. `reset` where that sequence is older than what is kept. */
export const eventList = defineRequest('catalog.event.list.v1', {
  ...catalog,
  input: ListEvents,
  output: z.object({ items: z.array(HubEvent), reset: z.boolean(), latest: z.number().int() }),
});

// Artifacts
/** Where to `PUT` an object: the artifact service hashes what arrives, stores it and reports `artifactStored`. */
export const artifactUploadSign = defineRequest('artifact.upload.sign.v1', {
  ...artifact,
  input: z.object({ kind: ArtifactKind, owner: ArtifactOwner, contentType: z.string().max(200), contentEncoding: ContentEncoding.optional() }),
  output: z.object({ id: ArtifactId, uploadUrl: z.string(), expiresAt: Instant }),
});
/** A URL that works without credentials for some minutes: S3 presigned, or the gateway's `/objects/…`. */
export const artifactDownloadSign = defineRequest('artifact.download.sign.v1', {
  ...artifact,
  input: z.object({ objectKey: z.string(), contentType: z.string(), contentEncoding: ContentEncoding.optional(), filename: z.string().optional() }),
  output: z.object({ url: z.string(), expiresAt: Instant }),
});
