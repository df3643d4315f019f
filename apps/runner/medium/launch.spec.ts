import { launchJob } from '@osiris/contracts';
import { eventually } from './hub-double';
import { newId, TestRunner, web } from './test-runner';

jest.setTimeout(40_000);

let runner: TestRunner;
beforeAll(async () => {
  runner = await TestRunner.start();
});
afterAll(() => runner.stop());

const gone = (launchId: string) => eventually(async () => ((await runner.sandboxes.find(launchId)) ? undefined : true), 'the container to be removed');

describe('a launch', () => {
  it('answers through its route before it is told to run, prints into its log, and stops when asked', async () => {
    const job = await runner.launch(`echo one; echo two >&2; ${web(8080)}`, { changes: ['EXPOSE 8080'] });
    const running = await runner.hub.told(job.launchId, 'running');
    expect(running).toMatchObject({ attempt: 1, port: 8080, runnerId: expect.stringMatching(/^runner-[0-9a-f]{12}$/) as string });
    expect(running.startMs).toBeGreaterThan(0);
    const route = await runner.route(job.launchId);
    expect(route).toMatchObject({ port: 8080, expiresAt: job.expiresAt });
    expect(await (await fetch(`http://${route?.host}:8080/`)).text()).toBe('hello\n');

    await runner.requestStop(job);
    const ended = await runner.hub.told(job.launchId, 'ended');
    expect(ended).toMatchObject({ outcome: 'stopped', error: null, attempt: 1 });
    expect(await runner.route(job.launchId)).toBeUndefined();
    await gone(job.launchId);
    expect(runner.hub.kindsOf(job.launchId)).toEqual(['starting', 'running', 'ended']);
    const lines = await runner.hub.logLines(job.launchId);
    expect(lines.map(({ stream, text }) => `${stream}:${text}`).sort()).toEqual(['stderr:two', 'stdout:one']);
    expect(runner.hub.uploads.get(ended.logArtifactId ?? '')?.split('\n').sort()).toEqual(['', 'one', 'two']);
  });

  it('finds the port that nobody has named, and tells an app by PORT where to listen', async () => {
    const [found, told] = await Promise.all([runner.launch(web(3456)), runner.launch(web('$PORT'), { port: 7777 })]);
    expect((await runner.hub.told(found.launchId, 'running')).port).toBe(3456);
    expect((await runner.hub.told(told.launchId, 'running')).port).toBe(7777);
  });

  it('is over soon after a stop, also where the app ignores that it is asked to end', async () => {
    const job = await runner.launch(`trap '' TERM; mkdir -p /www; httpd -p 8080 -h /www; while true; do sleep 1; done`, { port: 8080 });
    await runner.hub.told(job.launchId, 'running');
    await runner.requestStop(job);
    // Killed: it would never have ended by itself.
    expect(await runner.hub.told(job.launchId, 'ended', 20_000)).toMatchObject({ outcome: 'stopped', exitCode: 137 });
  });

  it('tells expiry apart from a stop, and a stop of what was never there is done', async () => {
    const job = await runner.launch(web(8080));
    await runner.hub.told(job.launchId, 'running');
    await runner.requestStop(job, 'expired');
    expect((await runner.hub.told(job.launchId, 'ended')).outcome).toBe('expired');
    const never = runner.job('osiris-test/none:1', { attempt: 3 });
    await runner.requestStop(never);
    expect(await runner.hub.told(never.launchId, 'ended')).toMatchObject({ outcome: 'stopped', attempt: 3 });
  });
});

describe('a launch that fails', () => {
  const error = async (launchId: string) => {
    const ended = await runner.hub.told(launchId, 'ended', 20_000);
    expect(ended.outcome).toBe('failed');
    await gone(launchId);
    expect(await runner.route(launchId)).toBeUndefined();
    return { ...ended.error, exitCode: ended.exitCode };
  };

  it('exits at once: with its code and last words, without the values it was given', async () => {
    const secret = 'a-very-secret-value';
    const job = await runner.launch('echo "token is $TOKEN" >&2; exit 7', { env: { TOKEN: secret } });
    const told = await error(job.launchId);
    expect(told).toMatchObject({ code: 'APP_EXITED', exitCode: 7 });
    expect(told.message).toContain('token is ***');
    const everything = JSON.stringify([runner.hub.facts, await runner.hub.logLines(job.launchId), [...runner.hub.uploads.values()]]);
    expect(everything).not.toContain(secret);
  });

  it('never listens', async () => {
    const job = await runner.launch('sleep 600', { port: 8080 });
    expect(await error(job.launchId)).toMatchObject({ code: 'APP_NOT_LISTENING', message: expect.stringContaining('8080') as string });
  });

  it('listens, but not in HTTP', async () => {
    const job = await runner.launch('httpd -p 127.0.0.1:9229; while true; do echo SSH-2.0-x | nc -l -p 8080; done', { port: 8080 });
    const { code, message } = await error(job.launchId);
    expect([code, message]).toEqual(['START_TIMEOUT', expect.stringMatching(/^Port 8080 .*port 9229 on 127\.0\.0\.1 only/)]);
  });

  it('listens on its own loopback only: named, before the time is up', async () => {
    const job = await runner.launch(web('127.0.0.1:8080'), { port: 8080 });
    expect(await error(job.launchId)).toMatchObject({ code: 'APP_NOT_LISTENING', message: expect.stringMatching(/port 8080 of 127\.0\.0\.1.*0\.0\.0\.0/) as string });
  });

  it('takes more memory than it has', async () => {
    const job = await runner.launch('tail -c 2000000000 /dev/zero');
    expect(await error(job.launchId)).toMatchObject({ code: 'OUT_OF_MEMORY', message: expect.stringContaining('512 MiB') as string });
  });

  it('has an image that is gone, or a command that is not there', async () => {
    const absent = runner.job('osiris-test/absent:1');
    await runner.hub.enqueue(launchJob.subject, absent);
    expect(await error(absent.launchId)).toMatchObject({ code: 'IMAGE_GONE' });
    const broken = await runner.launch('', { changes: ['CMD ["no-such-command"]'] });
    expect(await error(broken.launchId)).toMatchObject({ code: 'APP_EXITED' });
  });

  it('crashes while it runs', async () => {
    const job = await runner.launch(`(sleep 2; echo bye; killall httpd) & ${web(8080)}`, { port: 8080 });
    await runner.hub.told(job.launchId, 'running');
    const told = await error(job.launchId);
    expect(told.code).toBe('APP_EXITED');
    expect(told.message).toContain('while it was running');
  });

  it('is removed from the engine by somebody else', async () => {
    const job = await runner.launch(web(8080));
    const { containerId } = await runner.hub.told(job.launchId, 'running');
    await runner.sandboxes.remove(containerId);
    expect(await error(job.launchId)).toMatchObject({ code: 'CONTAINER_GONE' });
  });
});

describe('a flood of output', () => {
  it('is bounded, and counted', async () => {
    const job = await runner.launch(`(yes $(printf %01000d 0) | head -c 14014000 &); ${web(8080)}`);
    await runner.hub.told(job.launchId, 'running');
    await new Promise((resolve) => setTimeout(resolve, 4_000));
    await runner.requestStop(job);
    const { logArtifactId } = await runner.hub.told(job.launchId, 'ended', 20_000);
    const stored = runner.hub.uploads.get(logArtifactId ?? '') ?? '';
    expect(stored.length).toBeLessThan(11 * 1024 * 1024);
    expect(stored.slice(-200)).toMatch(/The launch has written 10 MB: what follows is dropped\n\d+ more lines past 10 MB were dropped\n$/);
  });
});

describe('a launch that was overtaken', () => {
  it('leaves nothing behind where its lease is refused', async () => {
    runner.hub.claim = { granted: false, reason: 'superseded' };
    const job = await runner.launch(web(8080));
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    runner.hub.claim = { granted: true, reason: null };
    expect(await runner.sandboxes.find(job.launchId)).toBeUndefined();
    expect(runner.hub.kindsOf(job.launchId)).toEqual([]);
  });

  it('is dropped without a word where its lease is lost on the way', async () => {
    runner.hub.renew = false;
    const job = await runner.launch('sleep 600', { port: 8080 });
    await eventually(async () => (await runner.sandboxes.find(job.launchId)) ?? undefined, 'the container');
    await gone(job.launchId);
    runner.hub.renew = true;
    expect(runner.hub.kindsOf(job.launchId)).toEqual(['starting']);
  });

  it('stops in the middle of its start', async () => {
    const job = await runner.launch('sleep 600', { port: 8080, launchId: `lch_${newId()}` });
    await eventually(async () => ((await runner.sandboxes.find(job.launchId))?.phase === 'running' ? true : undefined), 'the container');
    await runner.requestStop(job);
    expect((await runner.hub.told(job.launchId, 'ended')).outcome).toBe('stopped');
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(runner.hub.kindsOf(job.launchId)).toEqual(['starting', 'ended']);
  });
});
