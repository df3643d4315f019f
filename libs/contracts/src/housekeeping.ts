import { z } from 'zod';
import { ArtifactKind } from './artifacts';
import { AppId, ArtifactId, BuildId, Instant } from './primitives';

/** An image of the hub's making, as one engine has it. */
export const HeldImage = z.object({ reference: z.string(), appId: AppId, buildId: BuildId, bytes: z.number().int(), createdAt: Instant });
export type HeldImage = z.infer<typeof HeldImage>;

/** `superseded`: newer ones of the app are kept. `orphaned`: its app or its build is gone. */
export const RemovalReason = z.enum(['superseded', 'orphaned']);

/** What housekeeping would take away on one engine. Whatever lacks the hub's labels is never among it. */
export const EnginePlan = z.object({
  images: z.array(HeldImage.extend({ reason: RemovalReason })),
  /** Layers of the hub's images that no name refers to any more. */
  dangling: z.array(z.object({ id: z.string(), bytes: z.number().int(), createdAt: Instant })),
  /** Null where this engine's cache is not the hub's to prune: it is not the launcher's, and no limit is set. */
  buildCache: z.object({ bytes: z.number().int(), limitBytes: z.number().int(), removableBytes: z.number().int() }).nullable(),
});
export type EnginePlan = z.infer<typeof EnginePlan>;

/** Artifacts that nobody needs and that are older than they are kept. The oldest are listed. */
export const ArtifactPlan = z.object({
  count: z.number().int(),
  bytes: z.number().int(),
  items: z.array(z.object({ id: ArtifactId, kind: ArtifactKind, appId: AppId, bytes: z.number().int(), createdAt: Instant })).max(100),
});
export type ArtifactPlan = z.infer<typeof ArtifactPlan>;

/** `engine` is null where no build service answers: `message` says so. */
export const HousekeepingPlan = z.object({ engine: EnginePlan.nullable(), artifacts: ArtifactPlan, message: z.string().nullable() });
export type HousekeepingPlan = z.infer<typeof HousekeepingPlan>;
