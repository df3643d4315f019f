import { appGet, appRetry, artifactGet, artifactRemovalJob, artifactStored, ingestionFailed, ingestJob, type IngestJob, type Media } from '@osiris/contracts';
import { databases, type TestDatabase } from './databases';
import { ingested } from './facts-of';
import { eventually, TestHub } from './hub';
import { Steps } from './steps';

jest.setTimeout(60_000);

describe.each(databases)('pictures of a repository on %s', (_name, startDatabase) => {
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

  /** A picture as a worker stores it, and what an entry shows it by. */
  async function stored({ appId, ingestionId }: IngestJob): Promise<{ id: string; media: Media }> {
    const id = `art_${String(++made).padStart(10, '0')}`;
    await hub.say(artifactStored, { at: new Date().toISOString(), id, kind: 'picture', owner: { appId, ingestionId }, objectKey: `artifacts/${id}`, contentType: 'image/png', bytes: 9, sha256: 'f'.repeat(64) });
    await eventually(() => hub.ask(artifactGet, { id }));
    return { id, media: { kind: 'image', url: `/pictures/${id}`, title: '' } };
  }
  const retried = async (job: IngestJob): Promise<IngestJob> => {
    await hub.ask(appRetry, { id: job.appId });
    return (await steps.waitFor(ingestJob, (later) => later.appId === job.appId && later.ingestionId > job.ingestionId)).payload;
  };
  const isGone = (id: string) => eventually(() => expect(hub.ask(artifactGet, { id })).rejects.toMatchObject({ code: 'NOT_FOUND' }));
  const removed = async (appId: string) => (await hub.jobs(artifactRemovalJob)).filter(({ payload }) => payload.appId === appId).flatMap(({ payload }) => payload.artifacts.map(({ id }) => id));

  it('are removed once the entry shows others, and stay as long as it shows them', async () => {
    const { app, job } = await steps.register();
    const [first, left] = [await stored(job), await stored(job)];
    await ingested(hub, job, { media: [first.media] });
    // A delivery that failed after it had stored one left it behind.
    await isGone(left.id);
    expect((await hub.ask(appGet, { id: app.id })).media).toEqual([first.media]);
    expect(await hub.ask(artifactGet, { id: first.id })).toMatchObject({ artifact: { kind: 'picture', contentType: 'image/png' } });

    const again = await retried(job);
    const second = await stored(again);
    expect(await hub.ask(artifactGet, { id: first.id })).toBeDefined();
    await ingested(hub, again, { media: [second.media], commitSha: 'b'.repeat(40) });
    await isGone(first.id);
    await eventually(async () => expect(await removed(app.id)).toEqual([left.id, first.id]));
    expect(await hub.ask(artifactGet, { id: second.id })).toBeDefined();
  });

  it('of the last good reading stay where a later one fails; those of the failed one go', async () => {
    const { app, job } = await steps.register();
    const good = await stored(job);
    await ingested(hub, job, { media: [good.media] });
    await eventually(async () => expect((await hub.ask(appGet, { id: app.id })).ingestStatus).toBe('ready'));
    const again = await retried(job);
    const bad = await stored(again);
    await hub.say(ingestionFailed, {
      at: new Date().toISOString(), ingestionId: again.ingestionId, appId: app.id, attempt: again.attempt, delivery: 3, error: { code: 'DOCKERFILE_MISSING', message: 'There is none' }, commitSha: null, willRetry: false, durationMs: 1,
    });
    await isGone(bad.id);
    expect((await hub.ask(appGet, { id: app.id })).media).toEqual([good.media]);
    expect(await hub.ask(artifactGet, { id: good.id })).toBeDefined();
    expect(await removed(app.id)).toEqual([bad.id]);
  });
});
