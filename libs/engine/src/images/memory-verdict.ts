import type { EngineConnection } from '../engine-connection';
import { type BuildFailure, outOfMemory } from './build-failure';
import type { FailedStep } from './build-log';
import { looksKilled, type MemoryCounts, memoryCounts, ranOut } from './build-memory';

export interface MemoryEvidence {
  /** Folder of the control group that BuildKit's steps run in, and what it had counted before the build. */
  cgroup: string | undefined;
  countsBefore: MemoryCounts | null;
  /** The classic builder's container of the failed step, by the beginning of its id. */
  container: string | null;
  /** When the build began, in milliseconds since the epoch. */
  begun: number;
}

/** How long the engine's word of a container that ran out of memory may come after its end, in milliseconds. */
const LATE_EVENT_MS = 250;
/** How long the engine may take to tell its events, in milliseconds. */
const ASK_MS = 3_000;

/** RUN_FAILED becomes BUILD_OUT_OF_MEMORY where the kernel says so, or, where it cannot be asked, the exit code does. */
export async function judgeMemory(engine: EngineConnection, failure: BuildFailure, step: FailedStep | null, evidence: MemoryEvidence): Promise<BuildFailure> {
  if (failure.code !== 'RUN_FAILED' || !looksKilled(failure.exitCode, step?.lastLines ?? [])) return failure;
  const certain =
    evidence.container === null
      ? ranOut(evidence.countsBefore, await memoryCounts(evidence.cgroup))
      : await containerRanOut(engine, evidence.container, evidence.begun).catch(() => null);
  if (certain === false || (certain === null && failure.exitCode !== 137)) return failure;
  return outOfMemory(failure, certain === true);
}

/** Whether the engine has seen this container run out of memory since then. It remembers the last 256 of its events. */
async function containerRanOut(engine: EngineConnection, container: string, since: number): Promise<boolean> {
  const seconds = (milliseconds: number): string => (milliseconds / 1000).toFixed(3);
  const filters = JSON.stringify({ type: ['container'], event: ['oom'], container: [container] });
  const options = { since: seconds(since - 1_000), until: seconds(Date.now() + LATE_EVENT_MS), filters, abortSignal: AbortSignal.timeout(ASK_MS) };
  const events = await engine.call((docker) => docker.getEvents(options as object));
  for await (const chunk of events as AsyncIterable<Buffer>) if (chunk.length > 1) return true;
  return false;
}
