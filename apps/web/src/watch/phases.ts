import type { App, Build, Launch } from '@osiris/contracts';
import type { IngestionProgress } from '../events/event-cache';

export type PhaseName = 'fetch' | 'read' | 'build' | 'start' | 'ready';
export type PhaseState = 'waiting' | 'active' | 'done' | 'failed' | 'canceled';

/** One step on the way from an address to a running app. */
export interface Phase {
  name: PhaseName;
  title: string;
  state: PhaseState;
  note: string;
  /** Milliseconds it took; null while unknown. */
  durationMs: number | null;
  /** ISO instant since which it has been running, to count by. */
  since: string | null;
}

export interface PhaseSources {
  app: App;
  ingestion: IngestionProgress | undefined;
  /** How long the newest ingestion took in the history, where its events were not seen. */
  ingestionMs: number | null;
}

const between = (from: string | undefined, to: string | undefined): number | null =>
  from && to ? Math.max(0, Date.parse(to) - Date.parse(from)) : null;

export function phasesOf({ app, ingestion, ingestionMs }: PhaseSources): Phase[] {
  const current = ingestion && ingestion.latest.attempt >= app.ingestAttempts ? ingestion : undefined;
  return [...ingestPhases(app, current, ingestionMs), buildPhase(app), ...launchPhases(app.latestLaunch)];
}

function ingestPhases(app: App, progress: IngestionProgress | undefined, ingestionMs: number | null): Phase[] {
  const seen = progress?.seenAt ?? {};
  const message = progress?.latest.message ?? '';
  const fetch: Phase = { name: 'fetch', title: 'Fetch', state: 'waiting', note: '', durationMs: null, since: null };
  const read: Phase = { name: 'read', title: 'Read', state: 'waiting', note: '', durationMs: null, since: null };
  const reading = progress?.latest.phase === 'reading' || seen.reading !== undefined;
  const fetchMs = between(seen.fetching, seen.reading);
  if (app.ingestStatus === 'ready' && app.commitSha === null) return [fetch, read];
  if (app.ingestStatus === 'ready') {
    const note = app.commitSha ? app.commitSha.slice(0, 12) : '';
    return [
      { ...fetch, state: 'done', note, durationMs: fetchMs ?? ingestionMs },
      { ...read, state: 'done', note: countOf(app.tags.length, 'tag'), durationMs: between(seen.reading, seen.done) },
    ];
  }
  if (app.ingestStatus === 'failed') {
    // It was looked for in what was fetched.
    return reading || app.ingestError?.code === 'DOCKERFILE_MISSING'
      ? [{ ...fetch, state: 'done', durationMs: fetchMs }, { ...read, state: 'failed', note: 'failed' }]
      : [{ ...fetch, state: 'failed', note: 'failed' }, read];
  }
  if (app.ingestStatus === 'pending') return [{ ...fetch, state: 'active', note: 'in the queue', since: app.updatedAt }, read];
  if (reading) {
    return [{ ...fetch, state: 'done', durationMs: fetchMs }, { ...read, state: 'active', note: message, since: seen.reading ?? null }];
  }
  return [{ ...fetch, state: 'active', note: message, since: seen.fetching ?? app.updatedAt }, read];
}

const BUILD_STATES: Record<Build['status'], PhaseState> = {
  pending: 'active',
  running: 'active',
  succeeded: 'done',
  failed: 'failed',
  canceled: 'canceled',
};

function buildPhase(app: App): Phase {
  const phase: Phase = { name: 'build', title: 'Build', state: 'waiting', note: '', durationMs: null, since: null };
  const build = app.latestBuild;
  if (!build || app.ingestStatus === 'pending' || (app.ingestStatus === 'processing' && build.status !== 'running')) {
    return app.ingestStatus === 'ready' && app.commitSha !== null && !build ? { ...phase, state: 'active', note: 'in the queue' } : phase;
  }
  return {
    ...phase,
    state: BUILD_STATES[build.status],
    note: build.status === 'pending' ? 'in the queue' : build.status === 'canceled' ? 'canceled' : build.reused ? 'image was ready' : '',
    durationMs: build.durationMs,
    since: build.startedAt ?? (build.status === 'pending' ? build.queuedAt : null),
  };
}

function launchPhases(launch: Launch | null): Phase[] {
  const start: Phase = { name: 'start', title: 'Start', state: 'waiting', note: '', durationMs: null, since: null };
  const ready: Phase = { name: 'ready', title: 'Ready', state: 'waiting', note: '', durationMs: null, since: null };
  switch (launch?.status) {
    case 'pending':
      return [{ ...start, state: 'active', note: launch.queue ? `waits for room: place ${launch.queue.position} of ${launch.queue.of}` : 'waiting for a runner', since: launch.createdAt }, ready];
    case 'starting': {
      const { startMs } = launch.timings;
      return startMs === null
        ? [{ ...start, state: 'active', note: 'the container', since: launch.createdAt }, ready]
        : [{ ...start, state: 'done', durationMs: startMs }, { ...ready, state: 'active', note: 'waiting for its first answer', since: launch.createdAt }];
    }
    case 'running':
      return [
        { ...start, state: 'done', durationMs: launch.timings.startMs },
        { ...ready, state: 'done', note: launch.warm ? 'it stood ready' : '', durationMs: launch.timings.readyMs },
      ];
    case 'failed':
      return launch.timings.startMs === null
        ? [{ ...start, state: 'failed' }, ready]
        : [{ ...start, state: 'done', durationMs: launch.timings.startMs }, { ...ready, state: 'failed' }];
    default:
      return [start, ready];
  }
}

function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

export type Stage = 'listed' | 'ingesting' | 'building' | 'checking' | 'not-coming-up' | 'idle' | 'starting' | 'running' | 'stopping' | 'ingest-failed' | 'build-failed' | 'launch-failed';

/** It was built and is not offered: nobody has seen it running yet, or it did not come up. */
function firstLookStage({ verification }: App): Stage {
  if (verification?.status === 'failed') return 'not-coming-up';
  // One without is of a hub that did not look: it is looked at when there is time.
  return 'checking';
}

/** What the watch page shows in its middle. A running launch wins: it goes on while a newer commit is being built. */
export function stageOf(app: App): Stage {
  const launch = app.latestLaunch?.status;
  if (launch === 'running') return 'running';
  if (launch === 'pending' || launch === 'starting') return 'starting';
  if (launch === 'stopping') return 'stopping';
  if (app.ingestStatus === 'pending' || app.ingestStatus === 'processing') return 'ingesting';
  if (app.ingestStatus === 'failed' && app.latestBuild?.status !== 'succeeded') return 'ingest-failed';
  const build = app.latestBuild?.status;
  // An entry of somebody else's catalogue: nothing was fetched here, and nothing is on its way.
  if (build === undefined && app.commitSha === null) return 'listed';
  if (build === undefined || build === 'pending' || build === 'running') return 'building';
  if (build === 'failed' || build === 'canceled') return 'build-failed';
  if (launch === 'failed') return 'launch-failed';
  return app.offered === false ? firstLookStage(app) : 'idle';
}
