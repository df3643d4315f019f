import {
  appDelete, appGet, artifactRemovalJob, artifactStored, type BuildJob, buildCreate, buildGet, buildJob, buildStarted, buildSucceeded, eventList,
  imageReview, jobDeadLettered, launchCreate, leaseClaim, verificationEnded, verificationStarted, type VerifyJob, verifyJob,
} from '@osiris/contracts'; // prettier-ignore
import { Database } from '../src/database/database';
import { LateVerifications } from '../src/verifications/late-verifications';
import { VerificationEntity } from '../src/verifications/verification.entity';
import { databases, type TestDatabase } from './databases';
import { running } from './facts-of';
import { eventually, TestHub } from './hub';
import { Steps } from './steps';

jest.setTimeout(60_000);
const at = (): string => new Date().toISOString();
const SEEN = { bootMs: 120, memoryBytes: 9_000_000, port: 3000, readOnlyRoot: true, screenshotArtifactId: null };

describe.each(databases)('the first look at images, on %s', (_name, startDatabase) => {
  let database: TestDatabase;
  let hub: TestHub;
  let steps: Steps;
  let made = 0;

  beforeAll(async () => {
    database = await startDatabase();
    hub = await TestHub.start(await database.create(), { REFRESH: 'off' });
    steps = new Steps(hub);
  });
  afterAll(async () => {
    await hub.stop();
    await database.end();
  });

  const of = ({ verificationId, appId, buildId, attempt }: VerifyJob) => ({ at: at(), verificationId, appId, buildId, attempt });
  const passed = (job: VerifyJob, seen: Partial<typeof SEEN> | { screenshotArtifactId: string } = {}) =>
    hub.say(verificationEnded, { ...of(job), error: null, lastLines: [], seen: { ...SEEN, ...seen } });
  const failed = (job: VerifyJob) =>
    hub.say(verificationEnded, { ...of(job), error: { code: 'APP_EXITED', message: 'It ended with exit code 3' }, lastLines: ['no database'], seen: null });
  const read = (id: string) => hub.ask(appGet, { id });
  const status = (appId: string, wanted: string) => eventually(async () => expect((await read(appId)).verification?.status).toBe(wanted));
  const lookAt = async (buildId: string, attempt = 1) => (await steps.waitFor(verifyJob, (job) => job.buildId === buildId && job.attempt === attempt)).payload;

  /** A build that succeeds, and whose files are those of an earlier one. */
  async function builtFrom(job: BuildJob, reusedBuildId: string | null): Promise<void> {
    const build = { at: at(), buildId: job.buildId, appId: job.appId, attempt: job.attempt };
    await hub.say(buildStarted, build);
    await hub.say(buildSucceeded, { ...build, image: { reference: `osiris/${job.slug}:${job.buildId}`, digest: 'sha256:1', bytes: 5 }, ports: [8080], reusedBuildId, logArtifactId: null, logLines: 1, logBytes: 5, durationMs: 5 });
    await eventually(async () => expect((await hub.ask(buildGet, { id: job.buildId })).status).toBe('succeeded'));
  }
  async function nextBuild(appId: string, reusedBuildId: string | null = null): Promise<string> {
    const { id } = await hub.ask(buildCreate, { appId, options: { noCache: true } });
    await builtFrom((await steps.waitFor(buildJob, ({ buildId }) => buildId === id)).payload, reusedBuildId);
    return id;
  }
  async function screenshot(appId: string, buildId: string): Promise<string> {
    const id = `art_${String(++made).padStart(10, '0')}`;
    await hub.say(artifactStored, { at: at(), id, kind: 'screenshot', owner: { appId, buildId }, objectKey: `artifacts/${id}`, contentType: 'image/png', bytes: 9, sha256: 'f'.repeat(64) });
    return id;
  }

  it('is asked for after a build, and what was seen stands with the build and the app', async () => {
    const { app, build } = await steps.ready();
    expect(await read(app.id)).toMatchObject({ launchable: true, offered: false, verification: { status: 'pending', screenshot: null } });
    const job = await lookAt(build.buildId);
    expect(job).toMatchObject({ appId: app.id, imageReference: `osiris/${app.slug}:${build.buildId}`, port: 8080, healthPath: null });
    await hub.say(verificationStarted, { ...of(job), runnerId: 'runner-1' });
    await status(app.id, 'running');
    const picture = await screenshot(app.id, build.buildId);
    await passed(job, { screenshotArtifactId: picture });
    await status(app.id, 'passed');
    const after = await read(app.id);
    expect(after).toMatchObject({ offered: true, verification: { bootMs: 120, memoryBytes: 9_000_000, port: 3000, readOnlyRoot: true, screenshot: { id: picture, kind: 'screenshot' }, error: null } });
    expect(after.media[0]).toMatchObject({ kind: 'image', url: `/pictures/${picture}` });
    expect((await hub.ask(buildGet, { id: build.buildId })).verification).toEqual(after.verification);
    const events = (await hub.ask(eventList, { after: 0, limit: 1000 })).items.filter(({ subject }) => subject === app.id);
    expect(events.at(-1)).toMatchObject({ type: 'app.updated', data: { app: { offered: true } } });
    // A launch profits from what was seen.
    const launch = await hub.ask(launchCreate, { appId: app.id });
    expect(await steps.launchJobOf(launch.id)).toMatchObject({ port: 3000, readOnlyRoot: true });
  });

  it('marks what does not come up, which is launched only for want of anything better', async () => {
    const { app, build } = await steps.ready();
    await failed(await lookAt(build.buildId));
    await status(app.id, 'failed');
    expect(await read(app.id)).toMatchObject({ launchable: true, offered: false, verification: { error: { code: 'APP_EXITED' }, lastLines: ['no database'] } });
    const chosen = async () => (await hub.ask(launchCreate, { appId: app.id })).buildId;
    expect(await chosen()).toBe(build.buildId);

    const second = await nextBuild(app.id);
    expect(await chosen()).toBe(second); // not seen yet: rather than one that failed
    await passed(await lookAt(second));
    await status(app.id, 'passed');
    const third = await nextBuild(app.id);
    expect(await chosen()).toBe(second); // seen running: rather than one that was not
    await failed(await lookAt(third));
    await eventually(async () => expect((await hub.ask(buildGet, { id: third })).verification?.status).toBe('failed'));
    expect(await chosen()).toBe(second);
    expect((await hub.ask(launchCreate, { appId: app.id, buildId: third })).buildId).toBe(third);
    expect(await read(app.id)).toMatchObject({ offered: true, verification: { status: 'passed' } });
  });

  it('has passed once a plain launch of the build runs, whatever was seen before', async () => {
    const { app, build } = await steps.ready();
    await failed(await lookAt(build.buildId));
    await status(app.id, 'failed');
    const withEnv = await hub.ask(launchCreate, { appId: app.id, env: { MODE: 'kiosk' } });
    await running(hub, await steps.launchJobOf(withEnv.id));
    const plain = await hub.ask(launchCreate, { appId: app.id });
    const order = await steps.launchJobOf(plain.id);
    expect((await read(app.id)).offered).toBe(false);
    await running(hub, order);
    await status(app.id, 'passed');
    expect(await read(app.id)).toMatchObject({ offered: true, verification: { port: 8080, readOnlyRoot: null, error: null, lastLines: [] } });
  });

  it('is not repeated for an image that was found ready', async () => {
    const { app, build } = await steps.ready();
    await passed(await lookAt(build.buildId));
    await status(app.id, 'passed');
    const again = await nextBuild(app.id, build.buildId);
    expect((await hub.ask(buildGet, { id: again })).verification).toMatchObject({ status: 'passed', bootMs: 120 });
    expect((await hub.jobs(verifyJob)).some(({ payload }) => payload.buildId === again)).toBe(false);
  });

  it('comes again where its worker is gone, counts no word of the former one, and fails where the queue gives it up', async () => {
    const { app, build } = await steps.ready();
    const { seq, payload } = await steps.waitFor(verifyJob, ({ buildId }) => buildId === build.buildId);
    const lease = { kind: 'verification', id: payload.verificationId, attempt: 1, worker: 'one' } as const;
    expect(await hub.ask(leaseClaim, lease)).toMatchObject({ granted: true });
    expect(await hub.ask(leaseClaim, { ...lease, worker: 'two' })).toMatchObject({ granted: false, reason: 'leased' });
    await hub.acknowledge(seq);
    await hub.catalog.app.get(Database).write((tx) => tx.manager.update(VerificationEntity, { id: payload.verificationId }, { leaseUntil: 1 }));
    const second = await lookAt(build.buildId, 2);
    expect(await hub.ask(leaseClaim, lease)).toMatchObject({ granted: false, reason: 'superseded' });
    await passed(payload);
    await hub.say(jobDeadLettered, { at: at(), subject: verifyJob.subject, worker: 'runner', deliveries: 5, payload: second, error: { code: 'JOB_ABANDONED', message: 'It broke' } });
    await status(app.id, 'failed');
    expect((await read(app.id)).verification).toMatchObject({ error: { code: 'JOB_ABANDONED' } });
  });

  it('keeps housekeeping from the image, and goes with the app', async () => {
    const { app, build } = await steps.ready();
    const held = [{ reference: `osiris/${app.slug}:${build.buildId}`, appId: app.id, buildId: build.buildId, bytes: 5, createdAt: at() }];
    expect((await hub.ask(imageReview, { images: held })).removable).toEqual([]);
    const job = await lookAt(build.buildId);
    const picture = await screenshot(app.id, build.buildId);
    await hub.ask(appDelete, { id: app.id });
    const removal = await steps.waitFor(artifactRemovalJob, ({ appId }) => appId === app.id);
    expect(removal.payload.artifacts.map(({ id }) => id)).toContain(picture);
    expect(await hub.ask(leaseClaim, { kind: 'verification', id: job.verificationId, attempt: 1, worker: 'one' })).toMatchObject({ granted: false, reason: 'superseded' });
  });

  it('is made up for where images are older than it, the newest of each app', async () => {
    const { app, build } = await steps.ready();
    const newer = await nextBuild(app.id);
    const { seq } = await steps.waitFor(verifyJob, ({ buildId }) => buildId === newer);
    const inDatabase = hub.catalog.app.get(Database);
    // As an older version of the hub would have left it.
    await inDatabase.write(async (tx) => void (await tx.manager.delete(VerificationEntity, { repositoryId: app.id })));
    await hub.acknowledge(seq);
    // Those of other tests that wait are waited for.
    await inDatabase.write(async (tx) => void (await tx.manager.update(VerificationEntity, { status: 'pending' }, { status: 'skipped' })));
    await inDatabase.write(async (tx) => void (await tx.manager.update(VerificationEntity, { status: 'running' }, { status: 'skipped' })));
    expect(await read(app.id)).toMatchObject({ launchable: true, offered: false, verification: null });
    await hub.catalog.app.get(LateVerifications).round();
    await lookAt(newer);
    expect((await hub.ask(buildGet, { id: newer })).verification?.status).toBe('pending');
    expect((await hub.ask(buildGet, { id: build.buildId })).verification).toBeNull();
  });

  it('is left out where the operator does not want it: whatever was built is offered', async () => {
    const quiet = await TestHub.start(await database.create(), { REFRESH: 'off', VERIFY_BUILDS: 'off' });
    try {
      const { app, build } = await new Steps(quiet).ready();
      const shown = () => quiet.ask(appGet, { id: app.id });
      expect(await shown()).toMatchObject({ offered: true, verification: { status: 'skipped' } });
      // Also what an older version of the hub has built.
      await quiet.catalog.app.get(Database).write(async (tx) => void (await tx.manager.delete(VerificationEntity, { buildId: build.buildId })));
      await quiet.catalog.app.get(LateVerifications).round();
      expect((await quiet.ask(buildGet, { id: build.buildId })).verification).toMatchObject({ status: 'skipped' });
      expect(await quiet.jobs(verifyJob)).toEqual([]);
    } finally {
      await quiet.stop();
    }
  });
});
