import { z } from 'zod';
import { HistoryArtifact } from './artifacts';
import { Build, BuildArgs, BuildFailure, BuildTarget, Image } from './builds';
import { DockerfileChoice, IngestionWarning } from './facts';
import { Launch } from './launches';
import { AppId, CommitSha, Cursor, ErrorData, IdempotencyKey, Instant, Limit, Media, pageOf, Tag, TagText } from './primitives';
import { Verification } from './verifications';

export const IngestStatus = z.enum(['pending', 'processing', 'ready', 'failed']);
export type IngestStatus = z.infer<typeof IngestStatus>;

/** `asked`: it was named by hand (`dockerfilePath`), so the hub chooses no other. */
export const AppDockerfile = DockerfileChoice.extend({ asked: z.boolean() });
export type AppDockerfile = z.infer<typeof AppDockerfile>;

export const App = z.object({
  id: AppId,
  /** `owner/name`, unique. */
  slug: z.string(),
  name: z.string(),
  description: z.string(),
  /** Credentials, where the registered URL had any, are redacted. */
  repoUrl: z.string(),
  ref: z.string().nullable(),
  dockerfilePath: z.string().nullable(),
  ingestStatus: IngestStatus,
  ingestError: ErrorData.nullable(),
  ingestAttempts: z.number().int(),
  commitSha: CommitSha.nullable(),
  lastIngestedAt: Instant.nullable(),
  /** Of the commit that the entry was read from. */
  ingestWarnings: z.array(IngestionWarning),
  /** Which Dockerfile is built, and why that one. Null until the repository has been read. */
  dockerfile: AppDockerfile.nullable(),
  /** Which stage of it is built; null: the last one. */
  buildTarget: BuildTarget.nullable().optional(),
  buildArgs: BuildArgs.optional(),
  /** What it is made of, as its manifests list it (CycloneDX JSON). */
  billOfMaterials: HistoryArtifact.nullable().optional(),
  tags: z.array(Tag),
  media: z.array(Media),
  latestBuild: Build.nullable(),
  /** Some build of it has succeeded: a launch runs the newest such, also while a newer commit fails to build. */
  launchable: z.boolean(),
  /** The build that a launch runs was seen running (`build.verification`): the catalogue offers it. */
  offered: z.boolean().optional(),
  /** Of the build that a launch runs. */
  verification: Verification.nullable().optional(),
  /** A curator wants it warm: seats of it are kept ready before those of others. */
  pinned: z.boolean().optional(),
  latestLaunch: Launch.nullable(),
  popularity: z.object({ launches: z.number().int(), launches7d: z.number().int() }),
  createdAt: Instant,
  updatedAt: Instant,
});
export type App = z.infer<typeof App>;

/** `[start, end)` in UTF-16 code units of the field's text. */
export const Highlight = z.object({ field: z.string(), ranges: z.array(z.tuple([z.number().int(), z.number().int()])) });
export type Highlight = z.infer<typeof Highlight>;
export const FoundApp = App.extend({ highlights: z.array(Highlight) });
export type FoundApp = z.infer<typeof FoundApp>;

/** A ref name that git itself accepts and that can never be read as an option (git-check-ref-format(1)). */
export const RefName = z
  .string()
  .min(1)
  .max(255)
  .regex(/^(?![-/.])(?!.*(\.\.|@\{|\/\/|\.lock(\/|$)|\/\.))[^\s~^:?*[\\\p{Cc}]+(?<![/.])$/u, 'not a ref name that git accepts');

/** A path inside the repository: relative, no "..", no leading "-". */
export const RepoPath = z
  .string()
  .min(1)
  .max(1024)
  .regex(/^(?![-/])(?!.*(^|\/)\.\.(\/|$))[^\p{Cc}\\]+$/u, 'a relative path inside the repository');

export const RegisterAppBody = z.strictObject({
  repoUrl: z.string().min(1).max(2048),
  ref: RefName.optional(),
  dockerfilePath: RepoPath.optional(),
  name: z.string().trim().min(1).max(120).optional(),
  description: z.string().trim().max(2000).optional(),
  tags: z.array(TagText).max(100).optional(),
  buildTarget: BuildTarget.optional(),
  buildArgs: BuildArgs.optional(),
});
export const RegisterApp = RegisterAppBody.extend({ idempotencyKey: IdempotencyKey });

export const UpdateAppBody = z
  .strictObject({
    name: z.string().trim().min(1).max(120).optional(),
    description: z.string().trim().max(2000).optional(),
    tags: z.array(TagText).max(100).optional(),
    /** Reads and builds anew. Null: the hub chooses. */
    dockerfilePath: RepoPath.nullable().optional(),
    /** Builds anew. Null: the last stage. */
    buildTarget: BuildTarget.nullable().optional(),
    /** Builds anew. All of them: those left out are gone. */
    buildArgs: BuildArgs.optional(),
    pinned: z.boolean().optional(),
  })
  .refine((body) => Object.keys(body).length > 0, 'name, description, tags, dockerfilePath, buildTarget, buildArgs or pinned');

export const AppSort = z.enum(['relevance', 'popular', 'recent', 'name']);
export type AppSort = z.infer<typeof AppSort>;
/** UTF-16 units of a search text. */
export const QUERY_MAX_LENGTH = 500;
export const SearchAppsQuery = z.object({
  q: z.string().max(QUERY_MAX_LENGTH, `a search text is at most ${QUERY_MAX_LENGTH} characters long (at position ${QUERY_MAX_LENGTH + 1})`).default(''),
  sort: AppSort.default('relevance'),
  limit: Limit,
  cursor: Cursor,
});
export const Facet = z.object({
  key: z.string(),
  values: z.array(z.object({ value: z.string(), count: z.number().int() })),
});
export type Facet = z.infer<typeof Facet>;
export const SearchAppsResult = pageOf(FoundApp).extend({
  total: z.number().int(),
  facets: z.array(Facet),
  tookMs: z.number(),
  /** Some of what was found is spelled otherwise than the query. */
  corrected: z.boolean().optional(),
});
export type SearchAppsResult = z.infer<typeof SearchAppsResult>;

/** A page of results on its way from the catalog to the gateway, which sends it on unread unless something on it runs. */
export const SearchAppsReply = z.object({
  /** JSON of a `SearchAppsResult`. */
  page: z.string(),
  /** The page's own. */
  nextCursor: z.string().nullable(),
  /** Some app's latest launch runs: its `previewUrl` is still to be signed. */
  running: z.boolean(),
});
export type SearchAppsReply = z.infer<typeof SearchAppsReply>;

export const RelatedAppsQuery = z.object({ limit: Limit.default(8) });
export const RelatedAppsResult = z.object({ items: z.array(App) });
export type RelatedAppsResult = z.infer<typeof RelatedAppsResult>;

export const SuggestTagsQuery = z.object({ q: z.string().max(200).default(''), limit: Limit });
export const TagSuggestion = z.object({
  /** An app has the key `app` and its slug as value. */
  kind: z.enum(['key', 'value', 'app']).optional(),
  key: z.string(),
  value: z.string().optional(),
  /** What to show: `key:`, `key:value`, or an app's name. */
  label: z.string(),
  count: z.number().int(),
  /** Of an app. */
  slug: z.string().optional(),
  appId: AppId.optional(),
});
export type TagSuggestion = z.infer<typeof TagSuggestion>;
export const SuggestTagsResult = z.object({ items: z.array(TagSuggestion) });
export type SuggestTagsResult = z.infer<typeof SuggestTagsResult>;

/** A catalogue entry made elsewhere, without a repository to read: see `appImport`. */
export const ImportedApp = z.object({
  id: AppId.optional(),
  slug: z.string().max(300).regex(/^[^\s/]+\/[^\s/]+$/, 'owner/name'),
  name: z.string().trim().min(1).max(120),
  description: z.string().max(2000),
  /** Text of its README, as far as the hub keeps one. */
  readme: z.string().max(2000),
  tags: z.array(Tag.pick({ key: true, value: true })).max(100),
  launches: z.number().int().min(0),
  createdAt: Instant,
  status: IngestStatus,
});
export type ImportedApp = z.infer<typeof ImportedApp>;
/** A message holds 1 MiB: of larger entries fewer fit. */
export const ImportApps = z.object({ apps: z.array(ImportedApp).max(5000) });
export const ImportAppsResult = z.object({ imported: z.number().int(), skipped: z.number().int() });

export const HistoryEntry = z.object({
  kind: z.enum(['ingestion', 'build', 'launch']),
  status: z.string(),
  message: z.string(),
  attempt: z.number().int(),
  commitSha: CommitSha.nullable(),
  durationMs: z.number().int().nullable(),
  at: Instant,
  artifacts: z.array(HistoryArtifact),
  image: Image.extend({ removedAt: Instant.nullable().optional() }).optional(),
  /** Why a build failed; its last lines are in the build itself. */
  failure: BuildFailure.optional(),
  /** The build whose image this one found ready. */
  reused: z.string().optional(),
  buildId: z.string().optional(),
  launchId: z.string().optional(),
});
export type HistoryEntry = z.infer<typeof HistoryEntry>;
export const History = z.object({ items: z.array(HistoryEntry) });
export type History = z.infer<typeof History>;
