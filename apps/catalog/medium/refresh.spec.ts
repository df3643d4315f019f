import {
  appDelete, appGet, appHistory, appImport, appRegister, ingestionFailed, ingestionUnchanged, type IngestJob, ingestJob, repositoryCheckJob, type RepositoryCheckJob,
  repositoryChecked, buildJob,
} from '@osiris/contracts'; // prettier-ignore
import { Database } from '../src/database/database';
import { OutboxEntity } from '../src/outbox/outbox.entity';
import { RepositoryEntity } from '../src/repositories/repository.entity';
import { anApp } from './an-app';
import { databases, type TestDatabase } from './databases';
import { commitOf, ingested } from './facts-of';
import { eventually, pause, TestHub } from './hub';
import { Steps } from './steps';

jest.setTimeout(90_000);
const NEXT = 'b'.repeat(40);
const at = (): string => new Date().toISOString();

describe.each(databases)('the refresh loop on %s', (_name, startDatabase) => {
  let database: TestDatabase;
  let hub: TestHub;
  let steps: Steps;

  beforeAll(async () => {
    database = await startDatabase();
    hub = await TestHub.start(await database.create(), { REFRESH_INTERVAL_SECONDS: '1', REFRESH_MAX_INTERVAL_SECONDS: '2' });
    steps = new Steps(hub);
  });
  afterAll(async () => {
    await hub.stop();
    await database.end();
  });

  const rowOf = (id: string) => hub.catalog.app.get(Database).read((manager) => manager.findOneByOrFail(RepositoryEntity, { id }));
  const statusOf = async (id: string) => (await hub.ask(appGet, { id })).ingestStatus;
  const messagesOf = async (id: string) => (await hub.ask(appHistory, { id })).items.map(({ message }) => message);

  /** A look at the app that nobody has answered yet, taken from the queue. */
  async function look(appId: string): Promise<RepositoryCheckJob> {
    const { payload, seq } = await steps.waitFor(repositoryCheckJob, (job) => job.appId === appId);
    await hub.acknowledge(seq);
    return payload;
  }
  const answer = (job: RepositoryCheckJob, found: { commitSha: string } | { code: 'REPO_NOT_FOUND' | 'REPO_UNREACHABLE' }) =>
    hub.say(repositoryChecked, {
      at: at(), appId: job.appId, checkId: job.checkId,
      commitSha: 'commitSha' in found ? found.commitSha : null,
      error: 'code' in found ? { code: found.code, message: 'said the host' } : null,
    }); // prettier-ignore
  async function ready(): Promise<{ id: string; job: IngestJob }> {
    const { app, job } = await steps.register();
    await ingested(hub, job);
    await eventually(async () => expect(await statusOf(app.id)).toBe('ready'));
    return { id: app.id, job };
  }
  const ingestionAfter = async (job: IngestJob) => (await steps.waitFor(ingestJob, (later) => later.appId === job.appId && later.ingestionId > job.ingestionId)).payload;

  it('asks where the ref is, and has a new commit read and built', async () => {
    const { id, job } = await ready();
    const asked = await look(id);
    expect(asked).toMatchObject({ ref: null, knownCommitSha: commitOf(id), repoUrl: job.repoUrl });
    await answer(asked, { commitSha: NEXT });
    const again = await ingestionAfter(job);
    expect(again.known).toBeNull(); // these readers never said which they are
    await ingested(hub, again, { commitSha: NEXT });
    await eventually(async () => expect((await hub.ask(appGet, { id })).commitSha).toBe(NEXT));
    expect(await messagesOf(id)).toContain(`New commit ${'b'.repeat(12)}`);
    expect((await steps.waitFor(buildJob, (build) => build.appId === id && build.commitSha === NEXT)).payload.commitSha).toBe(NEXT);
    await hub.ask(appDelete, { id });
  });

  it('leaves an app alone whose commit is the same, less and less often, and keeps nothing of the question', async () => {
    const { id } = await ready();
    const first = await look(id);
    await answer(first, { commitSha: commitOf(id) });
    await eventually(async () => expect(await rowOf(id)).toMatchObject({ quietChecks: 1, checkId: null, checkedAt: expect.any(Number) }));
    const second = await look(id);
    expect(second.checkId).not.toBe(first.checkId);
    await answer(second, { commitSha: commitOf(id) });
    await eventually(async () => expect((await rowOf(id)).quietChecks).toBe(2));
    expect(await hub.catalog.app.get(Database).read((manager) => manager.countBy(OutboxEntity, { owner: first.checkId }))).toBe(0);
    expect((await hub.jobs(ingestJob)).filter(({ payload }) => payload.appId === id)).toHaveLength(1);
    // An answer to an earlier question counts for nothing.
    await answer(first, { commitSha: NEXT });
    const third = await look(id);
    await answer(third, { commitSha: commitOf(id) });
    await eventually(async () => expect((await rowOf(id)).quietChecks).toBe(3));
    expect((await hub.jobs(ingestJob)).filter(({ payload }) => payload.appId === id)).toHaveLength(1);
    await hub.ask(appDelete, { id });
  });

  it('shows a failure that lasts on the entry that it keeps, and takes it away once the repository is back', async () => {
    const { id, job } = await ready();
    await answer(await look(id), { code: 'REPO_UNREACHABLE' });
    await eventually(async () => expect((await rowOf(id)).quietChecks).toBe(1));
    expect(await statusOf(id)).toBe('ready');
    await answer(await look(id), { code: 'REPO_NOT_FOUND' });
    const failing = await ingestionAfter(job);
    const of = { at: at(), ingestionId: failing.ingestionId, appId: id, attempt: failing.attempt, delivery: 1 };
    await hub.say(ingestionFailed, { ...of, error: { code: 'REPO_NOT_FOUND', message: 'gone' }, commitSha: null, willRetry: false, durationMs: 1 });
    await eventually(async () => expect(await hub.ask(appGet, { id })).toMatchObject({ ingestStatus: 'failed', ingestError: { code: 'REPO_NOT_FOUND' }, commitSha: commitOf(id), description: 'From the README' }));
    // Still gone: nothing more to tell.
    await answer(await look(id), { code: 'REPO_NOT_FOUND' });
    await eventually(async () => expect((await rowOf(id)).checkId).toBeNull());
    expect(await statusOf(id)).toBe('failed');
    await answer(await look(id), { commitSha: commitOf(id) });
    const back = await ingestionAfter(failing);
    await hub.say(ingestionUnchanged, { at: at(), ingestionId: back.ingestionId, appId: id, attempt: back.attempt, delivery: 1, commitSha: commitOf(id), ref: 'main', durationMs: 3 });
    await eventually(async () => expect(await hub.ask(appGet, { id })).toMatchObject({ ingestStatus: 'ready', ingestError: null, commitSha: commitOf(id) }));
    expect((await messagesOf(id))[0]).toBe(`Unchanged at ${commitOf(id).slice(0, 12)}`);
    expect((await hub.jobs(buildJob)).filter(({ payload }) => payload.appId === id)).toHaveLength(1);
    await hub.ask(appDelete, { id });
  });

  it('does not try the same bad commit again and again', async () => {
    const { id, job } = await ready();
    await answer(await look(id), { commitSha: NEXT });
    const bad = await ingestionAfter(job);
    const of = { at: at(), ingestionId: bad.ingestionId, appId: id, attempt: bad.attempt, delivery: 1 };
    await hub.say(ingestionFailed, { ...of, error: { code: 'DOCKERFILE_MISSING', message: 'none' }, commitSha: NEXT, willRetry: false, durationMs: 1 });
    await eventually(async () => expect(await statusOf(id)).toBe('failed'));
    for (let time = 0; time < 2; time++) {
      await answer(await look(id), { commitSha: NEXT });
      await eventually(async () => expect((await rowOf(id)).checkId).toBeNull());
    }
    expect((await hub.jobs(ingestJob)).filter(({ payload }) => payload.appId === id)).toHaveLength(2);
    await hub.ask(appDelete, { id });
  });

  it('takes the question back with its credentials when the app is deleted', async () => {
    const { app } = await hub.ask(appRegister, { repoUrl: 'https://reader:s3cret@example.org/acme/looked-at' });
    const { payload } = await steps.waitFor(ingestJob, (job) => job.appId === app.id);
    await ingested(hub, payload);
    await steps.waitFor(repositoryCheckJob, (job) => job.appId === app.id);
    await hub.ask(appDelete, { id: app.id });
    await eventually(async () => expect((await hub.jobs(repositoryCheckJob)).filter((job) => job.payload.appId === app.id)).toEqual([]));
  });

  it('never asks about imported apps, nor about more than a few at once', async () => {
    await hub.ask(appImport, { apps: Array.from({ length: 50 }, (_, at) => anApp(`seed/app-${at}`)) });
    const ids: string[] = [];
    for (let count = 0; count < 30; count++) ids.push((await steps.register()).app.id);
    for (const { payload } of (await hub.jobs(ingestJob)).filter(({ payload }) => ids.includes(payload.appId))) await ingested(hub, payload);
    const waiting = async () => (await hub.jobs(repositoryCheckJob)).map(({ payload }) => payload.appId);
    await eventually(async () => expect((await waiting()).length).toBe(20), 30_000);
    await pause(2_500); // several turns
    const asked = await waiting();
    expect(asked).toHaveLength(20);
    expect(asked.filter((id) => !ids.includes(id))).toEqual([]);
  });
});

describe('the refresh loop, turned off', () => {
  it.each([[{ REFRESH: 'off', REFRESH_INTERVAL_SECONDS: '1' }], [{ REFRESH_INTERVAL_SECONDS: '0' }]])('by %j asks nothing', async (environment) => {
    const database = await databases[0]![1]();
    const hub = await TestHub.start(await database.create(), environment as unknown as Record<string, string>);
    try {
      const { app, job } = await new Steps(hub).register();
      await ingested(hub, job);
      await eventually(async () => expect((await hub.ask(appGet, { id: app.id })).ingestStatus).toBe('ready'));
      await hub.catalog.app.get(Database).write((tx) => tx.manager.update(RepositoryEntity, { id: app.id }, { nextCheckAt: 1 }));
      await pause(2_500);
      expect(await hub.jobs(repositoryCheckJob)).toEqual([]);
    } finally {
      await hub.stop();
      await database.end();
    }
  });
});
