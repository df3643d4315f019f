import type { StreamName } from '@osiris/contracts';
import { DiscardPolicy, nanos, RetentionPolicy, StorageType, type StreamConfig } from 'nats';

const MINUTE_MS = 60_000;
const MIB = 1024 * 1024;

/**
 * How each stream keeps what it holds. Nothing lives in NATS alone: JOBS is re-filled by the catalog's sweeper, CHANGES
 * can be read from the catalog's outbox, LOGS end up in the artifact store.
 */
export const STREAM_SETTINGS: Record<StreamName, Partial<StreamConfig>> = {
  JOBS: { retention: RetentionPolicy.Workqueue },
  FACTS: { retention: RetentionPolicy.Limits, max_age: nanos(7 * 24 * 60 * MINUTE_MS), max_bytes: 1024 * MIB },
  CHANGES: { retention: RetentionPolicy.Limits, max_age: nanos(60 * MINUTE_MS), max_bytes: 256 * MIB },
  // A launch lives up to 24 hours; its log is stored when it ends.
  LOGS: { retention: RetentionPolicy.Limits, max_age: nanos(25 * 60 * MINUTE_MS), max_bytes: 1024 * MIB },
};

export const STREAM_DEFAULTS = {
  storage: StorageType.File,
  discard: DiscardPolicy.Old,
  /** A publish repeated with the same `Nats-Msg-Id` within this window is stored once. */
  duplicate_window: nanos(2 * MINUTE_MS),
} satisfies Partial<StreamConfig>;
