import {
  appDelete, appGet, appHistory, artifactPlan, artifactRemovalJob, artifactStored, buildCreate, buildGet, type BuildJob, buildJob, buildStarted, buildSucceeded,
  eventList, housekeepingJob, housekeepingRun, imageRemovalJob, imageReview, imagesRemoved, ingestJob, launchCreate, launchStop,
} from '@osiris/contracts'; // prettier-ignore
import { databases, type TestDatabase } from './databases';
import { ingested } from './facts-of';
import { eventually, TestHub } from './hub';
import { Steps } from './steps';

jest.setTimeout(60_000);
const DAY_MS = 24 * 3_600_000;
const ago = (days: number): string => new Date(Date.now() - days * DAY_MS).toISOString();
const UNKNOWN = 'bld_00000000000000000000000000';

describe.each(databases)('what is not kept for ever, on %s', (_name, startDatabase) => {
  let database: TestDatabase;
  let hub: TestHub;
  let steps: Steps;
  let artifacts = 0;

  beforeAll(async () => {
    database = await startDatabase();
    hub = await TestHub.start(await database.create(), { RETAIN_IMAGES: '2', RETAIN_ARTIFACT_DAYS: '30', VERIFY_BUILDS: 'off' });
    steps = new Steps(hub);
  });
  afterAll(async () => {
    await hub.stop();
    await database.end();
  });

  async function succeed(job: BuildJob, digest: string, reusedBuildId: string | null = null): Promise<string> {
    const of = { at: new Date().toISOString(), buildId: job.buildId, appId: job.appId, attempt: job.attempt };
    const reference = `osiris/${job.slug}:${job.buildId}`;
    const config = { layers: 4, ports: [8080], user: 'node', entrypoint: null, command: ['node', '.'], workingDirectory: '/app', platform: 'linux/amd64' };
    await hub.say(buildStarted, of);
    await hub.say(buildSucceeded, { ...of, image: { reference, digest, bytes: 5 }, ports: [8080], config, bases: [{ name: 'node:20', digest: 'sha256:b' }], reusedBuildId, logArtifactId: null, logLines: 1, logBytes: 5, durationMs: 5 });
    await eventually(async () => expect((await hub.ask(buildGet, { id: job.buildId })).status).toBe('succeeded'));
    return reference;
  }
  /** An app whose builds gave these images, oldest first. */
  async function appWith(...digests: string[]) {
    const { app, job } = await steps.register();
    await ingested(hub, job);
    const builds: { id: string; reference: string }[] = [];
    for (const digest of digests) {
      if (builds.length > 0) await hub.ask(buildCreate, { appId: app.id, options: { noCache: true } });
      const { payload } = await steps.waitFor(buildJob, ({ appId, buildId }) => appId === app.id && !builds.some(({ id }) => id === buildId));
      builds.push({ id: payload.buildId, reference: await succeed(payload, digest) });
    }
    return { app, builds };
  }
  const held = (appId: string, builds: { id: string; reference: string }[]) => builds.map(({ id, reference }) => ({ reference, appId, buildId: id, bytes: 5, createdAt: ago(1) }));
  const review = async (images: ReturnType<typeof held>) => (await hub.ask(imageReview, { images })).removable;

  it('keeps the newest images and those in use, and lets go of the others and of what it does not know', async () => {
    const { app, builds } = await appWith('sha256:1', 'sha256:2', 'sha256:3', 'sha256:4');
    const [one, two] = builds.map(({ reference }) => reference);
    const stranger = { id: UNKNOWN, reference: 'osiris/gone:1' };
    const launch = await hub.ask(launchCreate, { appId: app.id, buildId: builds[0]?.id });
    expect(await review(held(app.id, [...builds, stranger]))).toEqual([
      { reference: two, reason: 'superseded' },
      { reference: 'osiris/gone:1', reason: 'orphaned' },
    ]);
    await hub.ask(launchStop, { id: launch.id });
    expect((await review(held(app.id, builds))).map(({ reference }) => reference)).toEqual([one, two]);
    // One that is under way may find any of the same inputs ready.
    await hub.ask(buildCreate, { appId: app.id });
    expect(await review(held(app.id, builds))).toEqual([]);
    await hub.ask(appDelete, { id: app.id });
    expect((await review(held(app.id, builds))).map(({ reason }) => reason)).toEqual(Array(4).fill('orphaned'));
  });

  it('launches no build whose image is removed, takes none for ready, and says so', async () => {
    const { app, builds } = await appWith('sha256:5', 'sha256:6');
    const [older, newer] = builds;
    expect((await hub.ask(buildGet, { id: newer?.id ?? '' })).image).toMatchObject({ config: { user: 'node', layers: 4 }, bases: [{ name: 'node:20', digest: 'sha256:b' }], removedAt: null });
    await hub.say(imagesRemoved, { at: ago(0), references: [newer?.reference ?? '', 'osiris/never:1'] });
    await eventually(async () => expect((await hub.ask(buildGet, { id: newer?.id ?? '' })).image?.removedAt).not.toBeNull());
    expect((await hub.ask(eventList, { after: 0, limit: 1000 })).items.at(-1)).toMatchObject({ type: 'build.updated', data: { build: { id: newer?.id, image: { removedAt: expect.any(String) as string } } } });
    await expect(hub.ask(launchCreate, { appId: app.id, buildId: newer?.id })).rejects.toMatchObject({ code: 'APP_NOT_BUILT', message: expect.stringContaining('removed') as string });
    expect((await hub.ask(launchCreate, { appId: app.id })).buildId).toBe(older?.id);
    await hub.say(imagesRemoved, { at: ago(0), references: [older?.reference ?? ''] });
    await eventually(async () => expect((await hub.ask(appGet, { id: app.id })).launchable).toBe(false));
    await expect(hub.ask(launchCreate, { appId: app.id })).rejects.toMatchObject({ code: 'APP_NOT_BUILT', message: expect.stringContaining('removed') as string });
    const again = await hub.ask(buildCreate, { appId: app.id });
    expect((await steps.waitFor(buildJob, ({ buildId }) => buildId === again.id)).payload.reuse).toBeNull();
  });

  it("leaves another app's name of the same image when an app is deleted", async () => {
    const [one, two] = [await appWith('sha256:7'), await appWith('sha256:7')];
    await hub.ask(appDelete, { id: one.app.id });
    const { payload } = await steps.waitFor(imageRemovalJob, ({ appId }) => appId === one.app.id);
    expect(payload).toMatchObject({ references: [one.builds[0]?.reference], keep: [two.builds[0]?.reference] });
  });

  it('removes artifacts past their time, but for what the newest build, the newest reading and what runs have', async () => {
    const { app, builds } = await appWith('sha256:8', 'sha256:9');
    const ingestionId = (await steps.waitFor(ingestJob, ({ appId }) => appId === app.id)).payload.ingestionId;
    const launch = await hub.ask(launchCreate, { appId: app.id });
    type Kind = 'ingestion-log' | 'build-log' | 'build-log-lines' | 'launch-log' | 'bill-of-materials' | 'picture';
    async function store(kind: Kind, days: number, owner: { buildId?: string; launchId?: string; ingestionId?: string } = {}): Promise<string> {
      const id = `art_${String(++artifacts).padStart(10, '0')}`;
      await hub.say(artifactStored, { at: ago(days), id, kind, owner: { appId: app.id, ...owner }, objectKey: `k/${id}`, contentType: 'text/plain', contentEncoding: 'gzip', bytes: 10, sha256: 'f'.repeat(64) });
      return id;
    }
    const [old, newest] = builds.map(({ id }) => id);
    const past = [
      await store('launch-log', 60, { launchId: 'lch_00000000000000000000000000' }),
      await store('bill-of-materials', 50),
      await store('ingestion-log', 45, { ingestionId: 'ing_0' }),
      await store('build-log', 40, { buildId: old }),
      await store('build-log-lines', 35, { buildId: old }),
    ];
    const kept = [
      await store('build-log', 20, { buildId: old }),
      await store('build-log', 40, { buildId: newest }),
      await store('build-log-lines', 40, { buildId: newest }),
      await store('bill-of-materials', 40),
      await store('ingestion-log', 90, { ingestionId }),
      await store('launch-log', 90, { launchId: launch.id }),
      await store('picture', 90),
    ];
    await eventually(async () => expect((await hub.ask(appGet, { id: app.id })).billOfMaterials?.id).toBe(kept[3]));
    await eventually(async () => expect((await hub.ask(artifactPlan, {})).count).toBe(past.length));
    const plan = await hub.ask(artifactPlan, {});
    expect(plan).toMatchObject({ count: past.length, bytes: 10 * past.length });
    expect(plan.items.map(({ id }) => id)).toEqual(past);
    await hub.ask(housekeepingRun, {});
    const { payload } = await steps.waitFor(artifactRemovalJob, ({ appId }) => appId === app.id);
    expect(payload.artifacts).toEqual(past.map((id) => ({ id, objectKey: `k/${id}` })));
    await steps.waitFor(housekeepingJob, () => true);
    expect((await hub.ask(artifactPlan, {})).count).toBe(0);
    const shown = JSON.stringify((await hub.ask(appHistory, { id: app.id })).items);
    for (const id of past) expect(shown).not.toContain(id);
    expect(shown).toContain(kept[1]);
  });
});
