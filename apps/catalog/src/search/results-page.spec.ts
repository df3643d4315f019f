import { type App, SearchAppsResult } from '@osiris/contracts';
import { resultsPage } from './results-page';
import { shownApp } from './shown-app';

const anApp = (more: Partial<App> = {}): App => ({
  id: 'app_0123456789', slug: 'owner/name', name: 'Chess "for" \u{1f600} all\n}', description: '', repoUrl: 'https://example.org/owner/name', ref: null, dockerfilePath: null,
  ingestStatus: 'ready', ingestError: null, ingestAttempts: 1, commitSha: null, lastIngestedAt: null, ingestWarnings: [], dockerfile: null, tags: [{ key: 'kind', value: 'game', source: 'auto', from: 'x' }], media: [],
  latestBuild: null, launchable: false, latestLaunch: null, popularity: { launches: 1, launches7d: 0 }, createdAt: '2026-01-01T00:00:00.000Z', updatedAt: '2026-01-01T00:00:00.000Z', ...more,
}); // prettier-ignore
const shown = (app: App) => shownApp(app, (text) => text);
const rest = { nextCursor: 'c"1', total: 7, facets: [{ key: 'kind', values: [{ value: 'game', count: 2 }] }], tookMs: 0.4, corrected: false };

describe('a page of results', () => {
  it('is what the contract says, with the highlights of each app', () => {
    const apps = [anApp(), anApp({ id: 'app_0123456780', name: 'Other' })];
    const { page, nextCursor, running } = resultsPage(apps.map(shown), [{ token: 'chess', prefix: false }, { token: 'ga', prefix: true }], rest); // prettier-ignore
    expect(SearchAppsResult.parse(JSON.parse(page))).toEqual({
      items: [
        { ...apps[0], highlights: [{ field: 'name', ranges: [[0, 5]] }, { field: 'tags.0', ranges: [[5, 7]] }] },
        { ...apps[1], highlights: [{ field: 'tags.0', ranges: [[5, 7]] }] },
      ],
      ...rest,
    }); // prettier-ignore
    expect({ nextCursor, running }).toEqual({ nextCursor: 'c"1', running: false });
  });

  it('without a hit is one all the same', () => {
    expect(JSON.parse(resultsPage([], [], rest).page)).toEqual({ items: [], ...rest });
  });

  it('tells whether some app on it runs', () => {
    const launch = { id: 'lch_0123456789', appId: 'app_0123456789', buildId: 'bld_0123456789', previewUrl: null, error: null, profile: 'small' as const, createdAt: '2026-01-01T00:00:00.000Z', startedAt: null, expiresAt: '2026-01-01T00:00:00.000Z', timings: { queuedMs: null, startMs: null, readyMs: null } };
    const page = (status: 'running' | 'starting') => resultsPage([shown(anApp({ latestLaunch: { ...launch, status } })), shown(anApp())], [], rest);
    expect([page('running').running, page('starting').running]).toEqual([true, false]);
  });
});

it('an app that does not fit the contract is not shown', () => {
  expect(() => shown(anApp({ slug: 7 as never }))).toThrow();
});
