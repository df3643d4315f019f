import type { App, Build, Launch } from '@osiris/contracts';
import { followIngestion, keepPreview, patchApp, patchAppByAnswer, patchPage, readEvent, unlessOvertaken } from './event-cache';

const launch = (more: Partial<Launch> = {}): Launch => ({
  id: 'lch_0000000001', appId: 'app_0000000001', buildId: 'bld_0000000001', status: 'running', previewUrl: null, error: null,
  profile: 'small', createdAt: '2026-01-01T00:00:02Z', startedAt: null, expiresAt: '2026-01-01T00:30:00Z',
  timings: { queuedMs: null, startMs: null, readyMs: null }, ...more,
});
const build = (more: Partial<Build> = {}): Build => ({
  id: 'bld_0000000001', appId: 'app_0000000001', commitSha: 'a'.repeat(40), status: 'running', error: null, image: null, log: null,
  queuedAt: '2026-01-01T00:00:01Z', startedAt: null, completedAt: null, durationMs: null, ...more,
});
const app = (more: Partial<App> = {}): App => ({
  id: 'app_0000000001', slug: 'demo/chess', name: 'Chess', description: '', repoUrl: 'https://a.example/chess', ref: null,
  dockerfilePath: null, ingestStatus: 'pending', ingestError: null, ingestAttempts: 0, commitSha: null, lastIngestedAt: null,
  ingestWarnings: [], dockerfile: null, tags: [], media: [], latestBuild: null, launchable: false, latestLaunch: null, popularity: { launches: 0, launches7d: 0 },
  createdAt: '2026-01-01T00:00:00Z', updatedAt: '2026-01-01T00:00:00Z', ...more,
});

describe('patchApp', () => {
  it('leaves apart what is about another app', () => {
    const other = app({ id: 'app_0000000002' });
    expect(patchApp(other, { type: 'build.updated', build: build() })).toBe(other);
  });

  it('takes the newest build and ignores word of an older one', () => {
    const known = app({ latestBuild: build({ id: 'bld_0000000009', queuedAt: '2026-01-02T00:00:00Z' }) });
    expect(patchApp(known, { type: 'build.updated', build: build() })).toBe(known);
    expect(patchApp(app(), { type: 'build.updated', build: build() }).latestBuild?.id).toBe('bld_0000000001');
  });

  it('moves with the ingestion and keeps the known commit', () => {
    const update = {
      appId: 'app_0000000001', status: 'processing' as const, phase: 'fetching' as const, message: 'Fetching', attempt: 2,
      commitSha: null, error: null, durationMs: null,
    };
    const patched = patchApp(app({ commitSha: 'b'.repeat(40) }), { type: 'ingestion.updated', update, at: '2026-01-01T00:00:00Z' });
    expect(patched).toMatchObject({ ingestStatus: 'processing', ingestAttempts: 2, commitSha: 'b'.repeat(40) });
  });

  it('shows the commit that was read last, not one that could not be', () => {
    const told = (status: 'failed' | 'ready') => ({
      appId: 'app_0000000001', status, phase: 'done' as const, message: '', attempt: 1, commitSha: 'c'.repeat(40), error: null, durationMs: null,
    });
    const after = (status: 'failed' | 'ready') => patchApp(app({ commitSha: 'b'.repeat(40) }), { type: 'ingestion.updated', update: told(status), at: '' }).commitSha;
    expect([after('failed'), after('ready')]).toEqual(['b'.repeat(40), 'c'.repeat(40)]);
  });
});

describe('the number of launches', () => {
  it('grows with each new launch, and not with what becomes of one', () => {
    const once = patchApp(app(), { type: 'launch.updated', launch: launch({ status: 'pending' }) });
    expect(once.popularity).toEqual({ launches: 1, launches7d: 1 });
    expect(patchApp(once, { type: 'launch.updated', launch: launch() }).popularity.launches).toBe(1);
    const other = launch({ id: 'lch_0000000002', createdAt: '2026-01-01T00:00:09Z' });
    expect(patchApp(once, { type: 'launch.updated', launch: other }).popularity.launches).toBe(2);
  });
});

describe('keepPreview', () => {
  it('keeps the signed URL of the same running launch only', () => {
    const known = launch({ previewUrl: 'http://x/' });
    expect(keepPreview(launch(), known)?.previewUrl).toBe('http://x/');
    expect(keepPreview(launch({ status: 'stopped' }), known)?.previewUrl).toBeNull();
    expect(keepPreview(launch({ id: 'lch_0000000002' }), known)?.previewUrl).toBeNull();
  });
});

describe('patchPage', () => {
  it('returns the same page where nothing on it changed', () => {
    const page = { items: [app()], total: 1 };
    expect(patchPage(page, { type: 'launch.updated', launch: launch({ appId: 'app_0000000002' }) })).toBe(page);
    expect(patchPage(page, { type: 'app.deleted', id: 'app_0000000001', slug: 'demo/chess' }).items).toEqual([]);
  });
});

describe('followIngestion', () => {
  it('remembers when each phase was first seen, and starts over with a new attempt', () => {
    const base = { appId: 'a', status: 'processing' as const, message: '', attempt: 1, commitSha: null, error: null, durationMs: null };
    const one = followIngestion(undefined, { ...base, phase: 'fetching' }, 't1');
    const two = followIngestion(one, { ...base, phase: 'reading' }, 't2');
    expect(followIngestion(two, { ...base, phase: 'reading' }, 't3').seenAt).toEqual({ fetching: 't1', reading: 't2' });
    expect(followIngestion(two, { ...base, attempt: 2, phase: 'fetching' }, 't4').seenAt).toEqual({ fetching: 't4' });
  });
});

describe('readEvent', () => {
  it('knows nothing of logs and services', () => {
    const event = { specversion: '1.0' as const, id: '1', source: 'x', subject: 's', time: 't', data: {} };
    expect(readEvent({ ...event, type: 'build.log' })).toBeNull();
    expect(readEvent({ ...event, type: 'app.deleted', data: { id: 'a', slug: 'b' } })).toEqual({ type: 'app.deleted', id: 'a', slug: 'b' });
  });
});

describe('the answer to a command', () => {
  it('does not take a launch back from where events have told it to be', () => {
    const stopped = launch({ status: 'stopped' });
    expect(unlessOvertaken(launch({ status: 'stopping' }), stopped)).toBe(stopped);
    expect(patchAppByAnswer(app({ latestLaunch: stopped }), launch({ status: 'stopping' })).latestLaunch).toBe(stopped);
    expect(unlessOvertaken(launch({ status: 'pending' }), launch({ status: 'starting' })).status).toBe('starting');
  });

  it('is shown where it is the newest word, or about another launch', () => {
    expect(unlessOvertaken(launch({ status: 'stopping' }), launch()).status).toBe('stopping');
    const later = launch({ expiresAt: '2026-01-01T01:00:00Z' });
    expect(unlessOvertaken(later, launch({ previewUrl: 'http://p' }))).toEqual({ ...later, previewUrl: 'http://p' });
    const next = launch({ id: 'lch_0000000002', status: 'pending', createdAt: '2026-01-01T00:09:00Z' });
    expect(patchAppByAnswer(app({ latestLaunch: launch({ status: 'stopped' }) }), next).latestLaunch).toEqual(next);
  });
});
