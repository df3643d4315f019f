import { z } from 'zod';
import { AppId, ArtifactId, Instant } from './primitives';

export const ArtifactKind = z.enum(['ingestion-log', 'build-log', 'build-log-lines', 'launch-log', 'bill-of-materials', 'picture', 'screenshot']);
export type ArtifactKind = z.infer<typeof ArtifactKind>;

/** How the stored bytes are compressed (RFC 9110, Content-Encoding); absent: not at all. */
export const ContentEncoding = z.enum(['gzip']);

/** What an artifact belongs to: always an app, and at most one of its runs. */
export const ArtifactOwner = z.object({
  appId: AppId,
  ingestionId: z.string().optional(),
  buildId: z.string().optional(),
  launchId: z.string().optional(),
});
export type ArtifactOwner = z.infer<typeof ArtifactOwner>;

export const Artifact = z.object({
  id: ArtifactId,
  kind: ArtifactKind,
  appId: AppId,
  contentType: z.string(),
  contentEncoding: ContentEncoding.optional(),
  /** As stored. */
  bytes: z.number().int(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** Where to fetch it: `/artifacts/:id/content`. */
  url: z.string(),
  createdAt: Instant,
});
export type Artifact = z.infer<typeof Artifact>;

/** Where the hub shows an artifact of the kind `picture` under its own origin. */
export const pictureUrl = (id: string): string => `/pictures/${id}`;

export const HistoryArtifact = Artifact.pick({ id: true, kind: true, url: true, bytes: true, sha256: true });
