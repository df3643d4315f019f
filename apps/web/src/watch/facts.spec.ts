import type { App } from '@osiris/contracts';
import { factsOf } from './facts';

const app = (more: object = {}): App =>
  ({
    repoUrl: 'https://a.example/demo/chess.git', ref: null, commitSha: 'a'.repeat(40), dockerfilePath: null, latestBuild: null, latestLaunch: null,
    popularity: { launches: 1200, launches7d: 3 }, tags: [], media: [], ...more,
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

  it('leads to the demo and the documents that its README names', () => {
    const media = [
      { kind: 'image', url: 'https://a.example/a.png', title: '' },
      { kind: 'demo', url: 'https://draw.example/', title: 'Try it' },
      { kind: 'docs', url: `https://docs.example/${'a'.repeat(80)}`, title: '' },
      { kind: 'docs', url: 'javascript:alert(1)', title: '' },
    ];
    expect(factsOf(app({ media })).filter(({ name }) => name === 'Demo' || name === 'Documentation')).toEqual([
      { name: 'Demo', value: 'draw.example', href: 'https://draw.example/' },
      { name: 'Documentation', value: `docs.example/${'a'.repeat(34)}…`, href: `https://docs.example/${'a'.repeat(80)}` },
      { name: 'Documentation', value: 'javascript:alert(1)' },
    ]);
  });

  it('leads to web addresses alone', () => {
    const href = (repoUrl: string) => factsOf(app({ repoUrl })).find(({ name }) => name === 'Repository')?.href;
    expect(href('https://a.example/b')).toBe('https://a.example/b');
    expect(href('file:///srv/b')).toBeUndefined();
    expect(href('ssh://a.example/b')).toBeUndefined();
  });
});
