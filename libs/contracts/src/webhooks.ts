import { z } from 'zod';

/** How long a delivery is remembered, in seconds: 30 days, or as long as the sender's own word for it deserves. */
const KEPT_SECONDS = 30 * 24 * 3_600;

/** What tells a delivery from another: SHA-256 in hex of the sender's id of it, or of what it signed. */
export const DeliveryKey = z.object({
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  keptSeconds: z.number().int().min(1).max(KEPT_SECONDS).default(KEPT_SECONDS),
});
export type DeliveryKey = z.input<typeof DeliveryKey>;

/** A push as the catalog needs it, whatever host it comes from. The gateway has verified who says so. */
export const RepositoryPush = z.object({
  /** Known by any of them, it was here before and changes nothing. */
  deliveries: z.array(DeliveryKey).min(1).max(3),
  /** Addresses under which the host offers the repository: clone, ssh and web. */
  urls: z.array(z.string().max(2_048)).max(16),
  /** `refs/heads/main`, `refs/tags/v1`. */
  ref: z.string().max(300),
  defaultBranch: z.string().max(300).nullable(),
});
export type RepositoryPush = z.input<typeof RepositoryPush>;

/** `accepted`: slugs of the apps that are read anew. Where there are none, `ignored` says why. */
export const WebhookAnswer = z.object({
  accepted: z.array(z.string()),
  /** `event`: not a push. `deleted`: the ref is gone. `replay`: this delivery was here before. `ref`: no app is registered at this ref. */
  ignored: z.enum(['event', 'deleted', 'replay', 'ref']).optional(),
});
export type WebhookAnswer = z.infer<typeof WebhookAnswer>;
