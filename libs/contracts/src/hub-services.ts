import { z } from 'zod';
import { Instant } from './primitives';

export const ServiceStatus = z.enum(['healthy', 'degraded', 'unreachable', 'unknown']);
export type ServiceStatus = z.infer<typeof ServiceStatus>;

export const HubService = z.object({
  slug: z.string(),
  name: z.string(),
  kind: z.string(),
  baseUrl: z.string(),
  status: ServiceStatus,
  statusMessage: z.string(),
  lastCheckedAt: Instant.nullable(),
  capabilities: z.array(z.string()),
  metadata: z.record(z.string(), z.unknown()),
});
export type HubService = z.infer<typeof HubService>;
export const HubServiceList = z.object({ items: z.array(HubService) });

/** One dependency's state in `/readyz`. `waiting` serves but holds work back until the part appears. */
export const DependencyState = z.object({
  status: z.enum(['up', 'down', 'waiting']),
  message: z.string().optional(),
  /** What is amiss with a part that is `up` all the same and should be mended: the register of services shows it. */
  warning: z.string().optional(),
  latencyMs: z.number().optional(),
});
export type DependencyState = z.infer<typeof DependencyState>;

export const Readiness = z.object({
  status: z.enum(['ready', 'waiting', 'unready']),
  service: z.string(),
  dependencies: z.record(z.string(), DependencyState),
});
export type Readiness = z.infer<typeof Readiness>;
