import type { App, Build, Launch } from '@osiris/contracts';
import { formatAgo, formatBytes, formatCountdown, formatDuration } from './duration';
import { phasesOf, stageOf } from './phases';

const app = (more: object = {}): App =>
  ({ ingestStatus: 'ready', ingestAttempts: 1, commitSha: 'a'.repeat(40), tags: [], latestBuild: null, latestLaunch: null, updatedAt: '2026-01-01T00:00:00Z', ...more }) as unknown as App;
const build = (status: Build['status']): Build => ({ status, durationMs: 900, startedAt: '2026-01-01T00:00:00Z' }) as unknown as Build;
const launch = (status: Launch['status'], startMs: number | null = null): Launch =>
  ({ status, createdAt: '2026-01-01T00:00:00Z', timings: { queuedMs: 1, startMs, readyMs: startMs === null ? null : 40 } }) as unknown as Launch;
const states = (value: App) => phasesOf({ app: value, ingestion: undefined, ingestionMs: 1200 }).map(({ state }) => state);

describe('phasesOf', () => {
  it('walks from the address to the running app', () => {
    expect(states(app({ ingestStatus: 'pending' }))).toEqual(['active', 'waiting', 'waiting', 'waiting', 'waiting']);
    expect(states(app())).toEqual(['done', 'done', 'active', 'waiting', 'waiting']);
    expect(states(app({ latestBuild: build('running') }))).toEqual(['done', 'done', 'active', 'waiting', 'waiting']);
    expect(states(app({ latestBuild: build('succeeded'), latestLaunch: launch('starting') }))).toEqual(['done', 'done', 'done', 'active', 'waiting']);
    expect(states(app({ latestBuild: build('succeeded'), latestLaunch: launch('starting', 200) }))).toEqual(['done', 'done', 'done', 'done', 'active']);
    expect(states(app({ latestBuild: build('succeeded'), latestLaunch: launch('running', 200) }))).toEqual(['done', 'done', 'done', 'done', 'done']);
  });

  it('waits for nothing where only somebody else has listed the app', () => {
    expect(states(app({ commitSha: null }))).toEqual(['waiting', 'waiting', 'waiting', 'waiting', 'waiting']);
    expect(stageOf(app({ commitSha: null }))).toBe('listed');
  });

  it('says where it failed', () => {
    expect(states(app({ ingestStatus: 'failed' }))[0]).toBe('failed');
    expect(states(app({ ingestStatus: 'failed', ingestError: { code: 'DOCKERFILE_MISSING', message: '' } })).slice(0, 2)).toEqual(['done', 'failed']);
    expect(states(app({ latestBuild: build('failed') }))[2]).toBe('failed');
    expect(states(app({ latestBuild: build('succeeded'), latestLaunch: launch('failed') }))[3]).toBe('failed');
  });

  it('measures fetch and read by the events it saw', () => {
    const latest = { appId: 'a', status: 'ready' as const, phase: 'done' as const, message: '', attempt: 1, commitSha: null, error: null, durationMs: 3000 };
    const seenAt = { fetching: '2026-01-01T00:00:00Z', reading: '2026-01-01T00:00:02Z', done: '2026-01-01T00:00:03Z' };
    const [fetch, read] = phasesOf({ app: app(), ingestion: { latest, seenAt }, ingestionMs: null });
    expect([fetch?.durationMs, read?.durationMs]).toEqual([2000, 1000]);
  });
});

describe('stageOf', () => {
  it('keeps a running launch in the middle whatever goes on beside it', () => {
    expect(stageOf(app({ ingestStatus: 'processing', latestLaunch: launch('running') }))).toBe('running');
    expect(stageOf(app({ latestBuild: build('failed') }))).toBe('build-failed');
    expect(stageOf(app({ latestBuild: build('succeeded'), latestLaunch: launch('expired') }))).toBe('idle');
    expect(stageOf(app({ latestBuild: build('succeeded'), latestLaunch: launch('failed') }))).toBe('launch-failed');
    expect(stageOf(app({ ingestStatus: 'failed' }))).toBe('ingest-failed');
  });
});

describe('durations', () => {
  it('read like a person would say them', () => {
    expect([420, 3100, 65_000].map(formatDuration)).toEqual(['0.42 s', '3.1 s', '1 min 05 s']);
    expect([1_798_000, 3_723_000, -5].map(formatCountdown)).toEqual(['29:58', '1:02:03', '0:00']);
    expect([999, 2_100_000, 193_000_000].map(formatBytes)).toEqual(['999 B', '2.1 MB', '193 MB']);
    expect(formatAgo('2026-01-01T00:00:00Z', Date.parse('2026-01-01T02:10:00Z'))).toBe('2 hours ago');
  });
});
