import { z } from 'zod';
import { Build } from './builds';
import { HistoryArtifact } from './artifacts';
import { Image } from './builds';
import { Launch } from './launches';
import { AppId, CommitSha, Cursor, ErrorData, IdempotencyKey, Instant, Limit, Media, pageOf, Tag, TagText } from './primitives';

export const IngestStatus = z.enum(['pending', 'processing', 'ready', 'failed']);
export type IngestStatus = z.infer<typeof IngestStatus>;

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
  tags: z.array(Tag),
  media: z.array(Media),
  latestBuild: Build.nullable(),
  /** Some build of it has succeeded: a launch runs the newest such, also while a newer commit fails to build. */
  launchable: z.boolean(),
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
});
export const RegisterApp = RegisterAppBody.extend({ idempotencyKey: IdempotencyKey });

export const UpdateAppBody = z
  .strictObject({
    name: z.string().trim().min(1).max(120).optional(),
    description: z.string().trim().max(2000).optional(),
    tags: z.array(TagText).max(100).optional(),
  })
  .refine((body) => Object.keys(body).length > 0, 'name, description or tags');

export const AppSort = z.enum(['relevance', 'popular', 'recent', 'name']);
export type AppSort = z.infer<typeof AppSort>;
export const SearchAppsQuery = z.object({
  q: z.string().max(500).default(''),
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
});
export type SearchAppsResult = z.infer<typeof SearchAppsResult>;

export const SuggestTagsQuery = z.object({ q: z.string().max(200).default(''), limit: Limit });
export const TagSuggestion = z.object({
  key: z.string(),
  value: z.string().optional(),
  /** What to show: `key:` or `key:value`. */
  label: z.string(),
  count: z.number().int(),
});
export type TagSuggestion = z.infer<typeof TagSuggestion>;
export const SuggestTagsResult = z.object({ items: z.array(TagSuggestion) });
export type SuggestTagsResult = z.infer<typeof SuggestTagsResult>;

export const HistoryEntry = z.object({
  kind: z.enum(['ingestion', 'build', 'launch']),
  status: z.string(),
  message: z.string(),
  attempt: z.number().int(),
  commitSha: CommitSha.nullable(),
  durationMs: z.number().int().nullable(),
  at: Instant,
  artifacts: z.array(HistoryArtifact),
  image: Image.optional(),
  buildId: z.string().optional(),
  launchId: z.string().optional(),
});
export type HistoryEntry = z.infer<typeof HistoryEntry>;
export const History = z.object({ items: z.array(HistoryEntry) });
export type History = z.infer<typeof History>;
