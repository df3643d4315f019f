import type { App } from '@osiris/contracts';
import { newerVersionOf } from './newer-version';

const app = (more: object): App =>
  ({ ingestStatus: 'ready', ingestError: null, latestBuild: { id: 'bld_2', status: 'succeeded', error: null }, latestLaunch: { status: 'running', buildId: 'bld_1' }, ...more }) as unknown as App;
const build = (status: string, message?: string) => ({ latestBuild: { id: 'bld_2', status, error: message ? { code: 'RUN_FAILED', message } : null } });

describe('newerVersionOf', () => {
  it('is nothing where the newest runs, or nothing does', () => {
    expect(newerVersionOf(app({ latestLaunch: { status: 'running', buildId: 'bld_2' } }))).toBeNull();
    expect(newerVersionOf(app({ latestLaunch: { status: 'stopped', buildId: 'bld_1' } }))).toBeNull();
    expect(newerVersionOf(app({ latestLaunch: null }))).toBeNull();
  });

  it('follows the newer commit from being read to being built', () => {
    expect(newerVersionOf(app({ ingestStatus: 'processing' }))?.state).toBe('reading');
    expect(newerVersionOf(app(build('running')))).toMatchObject({ state: 'building', buildId: 'bld_2' });
    expect(newerVersionOf(app({}))).toMatchObject({ state: 'ready', buildId: 'bld_2' });
  });

  it('says why it failed', () => {
    expect(newerVersionOf(app(build('failed', 'exit code 9')))).toMatchObject({ state: 'failed', message: 'exit code 9' });
    expect(newerVersionOf(app({ ingestStatus: 'failed', ingestError: { code: 'REPO_EMPTY', message: 'no commit' } }))).toMatchObject({ state: 'unreadable', message: 'no commit' });
  });
});
