import { artifactPlan, buildCreate, type EnginePlan, enginePlan, type HousekeepingPlan, housekeepingRun } from '@osiris/contracts';
import { connect, type NatsConnection } from 'nats';
import { ask, startTestGateway, type TestGateway } from './a-gateway';
import { aBuild, APP_ID } from './fake-catalog';

const ARTIFACTS = { count: 1, bytes: 7, items: [] };
const ENGINE: EnginePlan = {
  images: [{ reference: 'osiris/a:1', appId: APP_ID, buildId: 'bld_01gatewaytest', bytes: 5, createdAt: '2026-01-01T00:00:00.000Z', reason: 'superseded' }],
  dangling: [],
  buildCache: null,
};

describe('what operators and builders are asked through the gateway', () => {
  let gateway: TestGateway;
  let builder: NatsConnection;

  beforeAll(async () => {
    gateway = await startTestGateway();
    builder = await connect({ servers: gateway.nats.url });
    gateway.catalog.answers.set(artifactPlan.subject, () => ARTIFACTS);
    gateway.catalog.answers.set(housekeepingRun.subject, () => ({}));
    gateway.catalog.answers.set(buildCreate.subject, () => aBuild('bld_01gatewaytest', { status: 'pending', queue: { position: 2, of: 3 } }));
  }, 30_000);
  afterAll(async () => {
    await builder.close();
    await gateway.stop();
  });
  const plan = async () => JSON.parse((await ask(gateway.port, '/operations/housekeeping')).text) as HousekeepingPlan;
  const post = (path: string, body = '') => ask(gateway.port, path, { method: 'POST', headers: { 'content-type': 'application/json', 'content-length': String(body.length) }, body });

  it('says what of the artifacts would go also where no builder answers, and why the rest is not known', async () => {
    expect(await plan()).toEqual({ artifacts: ARTIFACTS, engine: null, message: expect.stringContaining('build service') as string });
  });

  it('says what a builder would remove', async () => {
    const subscription = builder.subscribe(enginePlan.subject, {
      callback: (_error, message) => void message.respond(JSON.stringify({ id: message.json<{ id: string }>().id, response: { ok: true, value: ENGINE }, isDisposed: true })),
    });
    await builder.flush();
    expect(await plan()).toEqual({ artifacts: ARTIFACTS, engine: ENGINE, message: null });
    subscription.unsubscribe();
  });

  it('has housekeeping done now', async () => {
    expect((await post('/operations/housekeeping')).status).toBe(202);
    expect(gateway.catalog.seen.map(({ subject }) => subject)).toContain(housekeepingRun.subject);
  });

  it("hands on what a build is asked to be, and refuses what is no argument's name", async () => {
    const options = { target: 'web', args: { NODE_ENV: 'production' }, noCache: true };
    const answer = await post(`/apps/${APP_ID}/builds`, JSON.stringify(options));
    expect(answer).toMatchObject({ status: 202, headers: { location: '/builds/bld_01gatewaytest' } });
    expect(JSON.parse(answer.text)).toMatchObject({ queue: { position: 2, of: 3 } });
    expect(gateway.catalog.seen.at(-1)?.input).toMatchObject({ appId: APP_ID, options });
    expect((await post(`/apps/${APP_ID}/builds`)).status).toBe(202);
    expect((await post(`/apps/${APP_ID}/builds`, '{"args": {"A B": "1"}}')).status).toBe(400);
    expect((await post(`/apps/${APP_ID}/builds`, '{"network": "host"}')).status).toBe(400);
  });
});
