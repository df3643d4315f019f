import type { HeldImage } from '@osiris/contracts';
import { type KnownBuild, removableImages } from './image-review';

const held = (buildId: string, reference = `osiris/a:${buildId}`): HeldImage => ({ reference, buildId, appId: 'app_1', bytes: 1, createdAt: '2026-01-01T00:00:00.000Z' });
const build = (buildId: string, more: Partial<KnownBuild> = {}): KnownBuild => ({ buildId, appId: 'app_1', digest: `sha256:${buildId}`, wanted: false, launched: false, ...more });
const ofLabels = ({ buildId }: HeldImage): string => buildId;
const review = (builds: KnownBuild[], retain = 2, more: HeldImage[] = []) =>
  Object.fromEntries(removableImages([...builds.map(({ buildId }) => held(buildId)), ...more], builds, ofLabels, retain).map(({ reference, reason }) => [reference.slice(9), reason]));

describe('images that may go', () => {
  it('are all but the newest of each app', () => {
    const other = (buildId: string) => build(buildId, { appId: 'app_2' });
    expect(review([build('1'), build('2'), build('3'), build('4'), other('0'), other('5')])).toEqual({ 1: 'superseded', 2: 'superseded' });
  });

  it('are not those that a launch runs, nor those that a build under way has or can take over', () => {
    expect(review([build('1', { launched: true }), build('2', { wanted: true }), build('3'), build('4')], 1)).toEqual({ 3: 'superseded' });
  });

  it('are those of builds that nobody knows or that came to nothing', () => {
    expect(review([build('1'), build('2', { digest: null })], 2, [held('9')])).toEqual({ 2: 'orphaned', 9: 'orphaned' });
  });

  it('are not the one before, however often the same was built again', () => {
    const again = ['2', '3', '4'].map((id) => build(id, { digest: 'sha256:same' }));
    expect(review([build('0'), build('1'), ...again])).toEqual({ 0: 'superseded', 2: 'superseded', 3: 'superseded' });
  });

  it('are judged by whose name it is where that is not what the labels say', () => {
    const builds = [build('1'), build('2'), build('3')];
    const borrowed = held('1', 'osiris/a:borrowed');
    expect(removableImages([borrowed], builds, () => '3', 2)).toEqual([]);
    expect(removableImages([borrowed], builds, ofLabels, 2)).toEqual([{ reference: 'osiris/a:borrowed', reason: 'superseded' }]);
  });
});
