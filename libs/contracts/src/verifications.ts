import { z } from 'zod';
import { HistoryArtifact } from './artifacts';
import { ErrorData, Instant } from './primitives';

/** `skipped`: it was not tried, because the operator has turned verification runs off. */
export const VerificationStatus = z.enum(['pending', 'running', 'passed', 'failed', 'skipped']);
export type VerificationStatus = z.infer<typeof VerificationStatus>;

/** What a runner saw when it started a build's image once, before anybody asked for it. */
export const Verification = z.object({
  status: VerificationStatus,
  /** Milliseconds from the container's start to the app's first answer. */
  bootMs: z.number().int().nullable(),
  /** Memory of the container once it had settled, without what the kernel can take back (page cache). */
  memoryBytes: z.number().int().nullable(),
  /** TCP port that answered. */
  port: z.number().int().nullable(),
  /** Whether it came up with a root file system that cannot be written to; launches then have one too. */
  readOnlyRoot: z.boolean().nullable(),
  /** PNG of the first page, 1280×800. */
  screenshot: HistoryArtifact.nullable(),
  /** Why it did not come up. */
  error: ErrorData.nullable(),
  /** The last lines that it printed, oldest first; empty unless it failed. */
  lastLines: z.array(z.string()),
  /** When it ended. */
  at: Instant.nullable(),
});
export type Verification = z.infer<typeof Verification>;
