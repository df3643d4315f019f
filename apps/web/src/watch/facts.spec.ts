import type { App } from '@osiris/contracts';
import { factsOf } from './facts';

const app = (more: object = {}): App =>
  ({
    repoUrl: 'https://a.example/demo/chess.git', ref: null, commitSha: 'a'.repeat(40), dockerfilePath: null, latestBuild: null, latestLaunch: null,
    popularity: { launches: 1200, launches7d: 3 }, tags: [], ...more,
  }) as unknown as App;
const told = (value: App): Record<string, string> => Object.fromEntries(factsOf(value).map(({ name, value: text }) => [name, text]));

describe('factsOf', () => {
  it('says what it is made of, and what it takes', () => {
    const tags = [['language', 'go'], ['language', 'css'], ['framework', 'none']].map(([key, value]) => ({ key, value }));
    const latestBuild = { status: 'succeeded', durationMs: 900, image: { bytes: 1_996_789 } };
    const latestLaunch = { profile: 'small', timings: { startMs: 300, readyMs: 120 } };
    expect(told(app({ tags, latestBuild, latestLaunch }))).toEqual({
      Languages: 'go, css', Image: '2.0 MB', 'Built in': '0.90 s', 'Boots in': '0.42 s', Memory: 'up to 512 MiB (small)',
      Repository: 'a.example/demo/chess', Commit: 'aaaaaaaaaaaa', Launches: '1,200',
    });
  });

  it('leaves out what is not known', () => {
    expect(Object.keys(told(app({ commitSha: null })))).toEqual(['Repository', 'Launches']);
  });

  it('leads to web addresses alone', () => {
    const href = (repoUrl: string) => factsOf(app({ repoUrl })).find(({ name }) => name === 'Repository')?.href;
    expect(href('https://a.example/b')).toBe('https://a.example/b');
    expect(href('file:///srv/b')).toBeUndefined();
    expect(href('ssh://a.example/b')).toBeUndefined();
  });
});
