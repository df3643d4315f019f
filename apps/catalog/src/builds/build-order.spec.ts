import { nextApp, turnsBefore, type WaitingApp } from './build-order';

const app = (appId: string, more: Partial<WaitingApp> = {}): WaitingApp => ({ appId, waiting: 1, firstId: `bld_${appId}`, running: 0, lastDispatchedAt: null, ...more });

/** The same numbers on every machine: Park and Miller's generator. */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => (state = (state * 48_271) % 2_147_483_647) % sides;
}

interface Queued {
  id: string;
  appId: string;
}
/** Many apps with many builds each, some under way. */
class Hall {
  readonly running = new Map<string, number>();
  readonly last = new Map<string, number>();
  now = 1_000;
  constructor(readonly waiting: Queued[]) {}

  apps(): WaitingApp[] {
    return [...new Set(this.waiting.map(({ appId }) => appId))].map((appId) => {
      const own = this.waiting.filter((build) => build.appId === appId);
      return { appId, waiting: own.length, firstId: own[0]?.id ?? '', running: this.running.get(appId) ?? 0, lastDispatchedAt: this.last.get(appId) ?? null };
    });
  }

  dispatch(): Queued | undefined {
    const next = nextApp(this.apps());
    const at = this.waiting.findIndex(({ id }) => id === next?.firstId);
    const [build] = at === -1 ? [] : this.waiting.splice(at, 1);
    if (!build) return undefined;
    this.running.set(build.appId, (this.running.get(build.appId) ?? 0) + 1);
    this.last.set(build.appId, ++this.now);
    return build;
  }

  end(appId: string): void {
    this.running.set(appId, (this.running.get(appId) ?? 0) - 1);
  }
}

function someHall(seed: number): Hall {
  const die = dice(seed);
  const count = 1 + die(6);
  const hall = new Hall(Array.from({ length: die(30) }, (_, at) => ({ id: `bld_${String(at).padStart(3, '0')}`, appId: `app_${die(count)}` })));
  for (let at = 0; at < count; at++) {
    if (die(2) === 0) continue;
    hall.running.set(`app_${at}`, die(4));
    hall.last.set(`app_${at}`, die(500));
  }
  return hall;
}
const seeds = Array.from({ length: 200 }, (_, at) => at * 7_919 + 1);

describe('the order of builds', () => {
  it('is nobody where nobody waits', () => expect(nextApp([])).toBeNull());

  it('takes the app with the fewest under way', () => {
    expect(nextApp([app('a', { running: 2 }), app('b', { running: 1, lastDispatchedAt: 9 }), app('c', { running: 3 })])?.appId).toBe('b');
  });

  it("takes a first build before another app's fifth, whichever came first", () => {
    expect(nextApp([app('a', { firstId: 'bld_1', waiting: 5, lastDispatchedAt: 10 }), app('b', { firstId: 'bld_9' })])?.appId).toBe('b');
  });

  it('takes whose last turn was longest ago, then whose build is oldest', () => {
    expect(nextApp([app('a', { lastDispatchedAt: 30 }), app('b', { lastDispatchedAt: 20 })])?.appId).toBe('b');
    expect(nextApp([app('a', { firstId: 'bld_2' }), app('b', { firstId: 'bld_1' })])?.appId).toBe('b');
  });

  it.each(seeds)('says how many are before each build as it then comes about (%i)', (seed) => {
    const hall = someHall(seed);
    const apps = hall.apps();
    const said = new Map(
      apps.flatMap((own) => hall.waiting.filter(({ appId }) => appId === own.appId).map(({ id }, earlier) => [id, turnsBefore(apps, own, earlier)] as const)),
    );
    const came: string[] = [];
    for (let build = hall.dispatch(); build; build = hall.dispatch()) came.push(build.id);
    expect([...said].sort(([, a], [, b]) => a - b)).toEqual(came.map((id, at) => [id, at]));
  });

  it.each(seeds.slice(0, 50))('keeps to first come, first built within an app, and leaves nothing (%i)', (seed) => {
    const hall = someHall(seed);
    const all = [...hall.waiting];
    const die = dice(seed);
    const came: Queued[] = [];
    for (let build = hall.dispatch(); build; build = hall.dispatch()) {
      came.push(build);
      if (die(2) === 0) hall.end(build.appId);
    }
    expect(came).toHaveLength(all.length);
    for (const { appId } of all) {
      const own = (builds: Queued[]): string[] => builds.filter((build) => build.appId === appId).map(({ id }) => id);
      expect(own(came)).toEqual(own(all));
    }
  });

  it.each([1, 2, 5])('gives everybody a turn within one round, however many builds one app adds, with %i at a time', (builders) => {
    const apps = ['a', 'b', 'c', 'd'];
    const hall = new Hall(apps.flatMap((appId, of) => Array.from({ length: 3 }, (_, at) => ({ id: `bld_0${at}${of}`, appId }))));
    const under: Queued[] = [];
    const turns: string[] = [];
    for (let turn = 0; turn < 60; turn++) {
      hall.waiting.push({ id: `bld_9${String(turn).padStart(3, '0')}`, appId: 'a' }, { id: `bld_95${String(turn).padStart(3, '0')}`, appId: 'b' });
      if (under.length === builders) hall.end(under.shift()?.appId ?? '');
      const build = hall.dispatch();
      if (!build) throw new Error('Nothing was dispatched although builds wait');
      under.push(build);
      turns.push(build.appId);
    }
    // c and d have three builds each among hundreds: each of the three comes in one of the first rounds.
    for (const appId of ['c', 'd']) {
      expect(turns.filter((of) => of === appId)).toHaveLength(3);
      expect(turns.lastIndexOf(appId)).toBeLessThan(3 * apps.length);
    }
  });
});
