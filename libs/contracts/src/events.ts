import { z } from 'zod';
import { Instant } from './primitives';

export const EventType = z.enum([
  'app.created',
  'app.updated',
  'app.deleted',
  'ingestion.updated',
  'build.updated',
  'build.log',
  'launch.updated',
  'launch.log',
  'launch.stats',
  'service.updated',
]);
export type EventType = z.infer<typeof EventType>;

/**
 * CloudEvents 1.0 in JSON (https://github.com/cloudevents/spec). `sequence` grows with every change the catalog
 * applied; log events carry none, they are resumed by the line's own number.
 * `data`: app.* → `{ app }` (deleted: `{ id, slug }`), ingestion.updated → IngestionUpdate, build.updated → `{ build }`,
 * launch.updated → `{ launch }`, *.log → LogChunk, launch.stats → LaunchStats (only to who asks for that `subject` and type), service.updated → `{ service }`.
 */
export const HubEvent = z.object({
  specversion: z.literal('1.0'),
  id: z.string(),
  source: z.string(),
  type: EventType,
  /** App id, or a service's slug. */
  subject: z.string(),
  time: Instant,
  sequence: z.number().int().optional(),
  traceparent: z.string().optional(),
  data: z.record(z.string(), z.unknown()),
});
export type HubEvent = z.infer<typeof HubEvent>;

/** What travels on `changes.<noun>.v1`: the event, and the sequence right before it so that a gap is seen. */
export const Change = z.object({ event: HubEvent, previousSequence: z.number().int().nullable() });
export type Change = z.infer<typeof Change>;

export const IngestionUpdate = z.object({
  appId: z.string(),
  status: z.enum(['pending', 'processing', 'ready', 'failed']),
  phase: z.enum(['queued', 'fetching', 'reading', 'done']),
  message: z.string(),
  attempt: z.number().int(),
  commitSha: z.string().nullable(),
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
  durationMs: z.number().int().nullable(),
});
export type IngestionUpdate = z.infer<typeof IngestionUpdate>;

export const EventsQuery = z.object({
  types: z.string().max(300).optional(),
  subject: z.string().max(300).optional(),
  after: z.coerce.number().int().min(0).optional(),
});
export const ListEvents = z.object({ after: z.number().int().min(0), limit: z.number().int().min(1).max(1000) });
