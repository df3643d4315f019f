import { z } from 'zod';
import { ERROR_CODES, type ErrorCode } from './errors';

export const AppId = z.string().regex(/^app_[0-9a-z]{10,40}$/);
export const BuildId = z.string().regex(/^bld_[0-9a-z]{10,40}$/);
export const VerificationId = z.string().regex(/^vrf_[0-9a-z]{10,40}$/);
export const LaunchId = z.string().regex(/^lch_[0-9a-z]{10,40}$/);
export const ArtifactId = z.string().regex(/^art_[0-9a-z]{10,40}$/);

/** ISO 8601 instant in UTC. */
export const Instant = z.iso.datetime();
export const CommitSha = z.string().regex(/^[0-9a-f]{40}([0-9a-f]{24})?$/);

/** An error as data: in answers, facts and events. */
export const ErrorData = z.object({
  code: z.enum(Object.keys(ERROR_CODES) as [ErrorCode, ...ErrorCode[]]),
  message: z.string(),
});
export type ErrorData = z.infer<typeof ErrorData>;

export const TagKey = z.string().regex(/^[a-z0-9][a-z0-9_.-]{0,63}$/, 'a tag key is lower case letters, digits, ".", "_" or "-"');
export const TagValue = z.string().min(1).max(200);

/** A tag as text, `key:value`; the value may hold further colons. */
export const TagText = z
  .string()
  .max(265)
  .regex(/^[a-z0-9][a-z0-9_.-]{0,63}:\S(.*\S)?$/u, 'a tag is written key:value');

export const TagSource = z.enum(['author', 'manual', 'auto']);
/**
 * `from` says which file and rule gave the tag ("package.json#dependencies.next", "tags.yaml"); `confidence`, for derived
 * tags, how sure that rule is, above 0 up to 1.
 */
export const Tag = z.object({ key: TagKey, value: TagValue, source: TagSource, from: z.string().max(300), confidence: z.number().min(0).max(1).optional() });
export type Tag = z.infer<typeof Tag>;

export const Media = z.object({ kind: z.enum(['image', 'video', 'demo', 'docs']), url: z.string(), title: z.string() });
export type Media = z.infer<typeof Media>;

export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() });
}
export const Limit = z.coerce.number().int().min(1).max(100).default(24);
/** A position in a list; one sorted by name holds the name. */
export const Cursor = z.string().max(8_000).optional();
export const IdempotencyKey = z.string().min(1).max(200).optional();
