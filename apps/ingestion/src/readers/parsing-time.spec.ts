import { setImmediate } from 'node:timers/promises';
import { contentsOf, readingOf, repositoryOf } from '../../fixtures/fixture-repository';
import { appManifests, parseManifests } from '../manifests/app-manifests';
import { loadGrammarsFor } from '../manifests/all-formats';
import { ParsingTime } from './parsing-time';

const FOLDERS = 30;
const gemfiles = Object.fromEntries(Array.from({ length: FOLDERS }, (_, index) => [`a${index}/Gemfile`, `gem "g${index}"\n`]));
/** Every question is a second later than the one before. */
const slowClock = (): (() => number) => {
  let asked = 0;
  return () => 1_000 * asked++;
};

beforeAll(() => loadGrammarsFor(['Gemfile']));

describe('the time for parsing', () => {
  it('leaves manifests out once it is over, with a warning, and keeps those before', async () => {
    const [repository, contents] = [repositoryOf(Object.keys(gemfiles)), contentsOf(gemfiles)];
    await parseManifests(repository, contents, new ParsingTime(3_500, slowClock()));
    const manifests = appManifests(repository, contents);
    expect(manifests.map(({ dependencies }) => dependencies.length)).toEqual([1, 1, 1, 1, ...Array<number>(FOLDERS - 4).fill(0)]);
    expect(manifests[3]?.warnings).toEqual([]);
    expect(manifests[4]?.warnings).toMatchObject([{ code: 'FILE_TRUNCATED', path: manifests[4]?.path }]);
  });

  it('leaves the event loop to others between any two files', async () => {
    let turns = 0;
    let done = false;
    const others = (async () => {
      for (; !done; turns++) await setImmediate();
    })();
    await readingOf(gemfiles);
    done = true;
    await others;
    expect(turns).toBeGreaterThanOrEqual(FOLDERS);
  });

  it('is not given back by what throws', async () => {
    const time = new ParsingTime(500, slowClock());
    await expect(time.run(() => { throw new RangeError('deep'); })).rejects.toThrow('deep');
    expect(time.over).toBe(true);
  });
});
