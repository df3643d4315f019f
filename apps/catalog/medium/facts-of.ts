import { createHash } from 'node:crypto';
import {
  type BuildJob,
  buildStarted,
  buildSucceeded,
  type IngestJob,
  ingestionCompleted,
  ingestionStarted,
  type LaunchJob,
  launchRunning,
  launchStarting,
  type Media,
  type Tag,
} from '@osiris/contracts';
import type { z } from 'zod';
import type { TestHub } from './hub';

const at = (): string => new Date().toISOString();
/** Each app's own: builds of one commit would share their end. */
export const commitOf = (appId: string): string => createHash('sha1').update(appId).digest('hex');

/** What an ingestion worker reports of a job that goes well. */
export async function ingested(
  hub: TestHub,
  job: IngestJob,
  said: { name?: string; description?: string; tags?: z.input<typeof Tag>[]; media?: Media[]; commitSha?: string } = {},
): Promise<void> {
  const of = { at: at(), ingestionId: job.ingestionId, appId: job.appId, attempt: job.attempt, delivery: 1 };
  await hub.say(ingestionStarted, { ...of, message: 'Fetching' });
  await hub.say(ingestionCompleted, {
    ...of,
    commitSha: said.commitSha ?? commitOf(job.appId),
    ref: 'main',
    dockerfile: { path: 'Dockerfile', reason: 'it is where people keep it', others: [] },
    metadata: { name: said.name ?? null, description: said.description ?? null, port: 8080, readmeSummary: 'From the README', healthPath: null },
    tags: said.tags ?? [],
    media: said.media ?? [],
    warnings: [],
    durationMs: 12,
  });
}

/** What a build worker reports of a job that goes well. */
export async function built(hub: TestHub, job: BuildJob): Promise<void> {
  const of = { at: at(), buildId: job.buildId, appId: job.appId, attempt: job.attempt };
  await hub.say(buildStarted, of);
  await hub.say(buildSucceeded, {
    ...of,
    image: { reference: `osiris/${job.slug}:${job.buildId}`, digest: 'sha256:1', bytes: 5 },
    ports: [8080],
    logArtifactId: null,
    logLines: 2,
    logBytes: 20,
    durationMs: 5,
  });
}

/** What a runner reports of a launch that comes up. */
export async function running(hub: TestHub, job: LaunchJob, runnerId = 'runner-1'): Promise<void> {
  const of = { at: at(), launchId: job.launchId, appId: job.appId, attempt: job.attempt, runnerId };
  await hub.say(launchStarting, { ...of, containerId: null });
  await hub.say(launchRunning, { ...of, containerId: 'c1', port: 8080, startMs: 3, readyMs: 4 });
}
