import type { App } from '@osiris/contracts';
import { shelfRows } from './shelf-rows';

const app = (id: string, more: object = {}): App =>
  ({ id, ingestStatus: 'ready', commitSha: 'a', launchable: true, latestBuild: { status: 'succeeded' }, latestLaunch: null, ...more }) as unknown as App;
const failed = (id: string): App => app(id, { launchable: false, latestBuild: { status: 'failed' } });
const ids = (apps: readonly App[]): string => apps.map(({ id }) => id).join('');
const told = (rows: ReturnType<typeof shelfRows>): string[] =>
  rows.map(({ of, apps }) => `${typeof of === 'string' ? of : `${of.key}:${of.value}`} ${ids(apps)}`);
const [a, b, c, d] = [app('a'), app('b'), app('c'), app('d')];

describe('shelfRows', () => {
  it('leaves Recent out while it says the same as Popular', () => {
    expect(told(shelfRows({ total: 2, popular: [a, b], recent: [b, a], tagged: [] }))).toEqual(['popular ab']);
    expect(told(shelfRows({ total: 2, popular: [a, b], recent: [c, a], tagged: [] }))).toEqual(['popular ab', 'recent ca']);
  });

  it('shows failed apps in Popular only where there is nothing else', () => {
    expect(told(shelfRows({ total: 2, popular: [failed('x'), a], recent: [failed('x'), a], tagged: [] }))).toEqual(['popular a']);
    expect(told(shelfRows({ total: 1, popular: [failed('x')], recent: [], tagged: [] }))[0]).toBe('popular x');
  });

  it('fills up with what rests where few live', () => {
    const listed = app('z', { commitSha: null, launchable: false, latestBuild: null });
    expect(told(shelfRows({ total: 3, popular: [listed, failed('x'), a], recent: [a, listed], tagged: [] }))).toEqual(['popular az']);
    expect(told(shelfRows({ total: 5, popular: [listed, a, b, c, d], recent: [], tagged: [] }))[0]).toBe('popular abcd');
  });

  it('shows an app in two rows at most, and no row for one that is left', () => {
    const tagged = [
      { tag: { key: 'topic', value: 'maps' }, apps: [a, b] },
      { tag: { key: 'language', value: 'go' }, apps: [a, c, d] },
      { tag: { key: 'runtime', value: 'node' }, apps: [b, d] },
    ];
    expect(told(shelfRows({ total: 4, popular: [a, b, c, d], recent: [a, b, c, d], tagged }))).toEqual(['popular abcd', 'topic:maps ab', 'language:go cd']);
  });
});
