import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { ensureBusybox } from '@osiris/testing';
import { EngineConnection } from '../src/engine-connection';
import { listeningSockets } from '../src/containers/listening-sockets';
import { removeAllSandboxes } from '../src/containers/remove-sandboxes';
import { type SandboxExit, watchSandboxExits } from '../src/containers/sandbox-exits';
import { ensureSandboxNetwork, type SandboxNetwork } from '../src/containers/sandbox-network';
import type { SandboxState } from '../src/containers/sandbox-state';
import { Sandboxes } from '../src/containers/sandboxes';

const hubId = `test-${randomBytes(4).toString('hex')}`;
const engine = new EngineConnection({ dockerHost: process.env['DOCKER_HOST'] });
const sandboxes = new Sandboxes(engine, hubId);
jest.setTimeout(20_000);
const newId = (): string => randomBytes(8).toString('hex');

let network: SandboxNetwork;
const images: string[] = [];

/** Reference of an image whose command is the given shell script. */
async function imageRunning(script: string, user = ''): Promise<string> {
  const base = await engine.docker.createContainer({ Image: 'busybox:latest', Cmd: ['sh', '-c', script] });
  const tag = `osiris-test/${hubId}:${newId()}`;
  const [repo = '', version = ''] = tag.split(':');
  await base.commit({ repo, tag: version, ...(user ? { changes: `USER ${user}` } : {}) });
  await base.remove({ force: true });
  images.push(tag);
  return tag;
}

async function run(script: string, options: { user?: string; attempt?: number; launchId?: string } = {}): Promise<SandboxState> {
  const image = await imageRunning(script, options.user);
  const { containerId } = await sandboxes.create({
    role: 'launch',
    id: options.launchId ?? `lch_${newId()}`,
    readOnlyRoot: false,
    appId: 'app_0000000000',
    buildId: 'bld_0000000000',
    attempt: options.attempt ?? 1,
    expiresAt: new Date(Date.now() + 60_000).toISOString(),
    image,
    env: {},
    profile: 'small',
    engineCpus: 2,
  });
  await sandboxes.start(containerId);
  const state = await sandboxes.inspect(containerId);
  if (!state) throw new Error('The container is not there');
  return state;
}

async function exec(containerId: string, command: string[]): Promise<{ code: number; output: string }> {
  const job = await engine.docker.getContainer(containerId).exec({ Cmd: command, AttachStdout: true, AttachStderr: true });
  const stream = await job.start({});
  let output = '';
  for await (const chunk of stream) output += (chunk as Buffer).toString('latin1');
  const { ExitCode } = await job.inspect();
  return { code: ExitCode ?? -1, output };
}

const WEB = (port: number): string => `mkdir -p /www && echo hello > /www/index.html && exec httpd -f -p ${port} -h /www`;

async function until<T>(look: () => Promise<T | undefined>): Promise<T> {
  for (let i = 0; i < 200; i++) {
    const found = await look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error('It did not happen in 5 s');
}

beforeAll(async () => {
  await ensureBusybox();
  network = await ensureSandboxNetwork(engine, hubId);
}, 60_000);

afterAll(async () => {
  await removeAllSandboxes(engine, hubId);
  for (const image of images) await engine.docker.getImage(image).remove({ force: true });
}, 60_000);

describe('a sandbox on a real engine', () => {
  it('keeps four capabilities, gains no privileges, runs under seccomp, and knows nothing of the host', async () => {
    const { containerId } = await run('sleep 60');
    const { output } = await exec(containerId, ['grep', '-E', 'CapEff|CapBnd|NoNewPrivs|Seccomp:', '/proc/1/status']);
    // CHOWN 1<<0, DAC_OVERRIDE 1<<1, SETGID 1<<6, SETUID 1<<7
    expect(output).toMatch(/CapBnd:\s+00000000000000c3/);
    expect(output).toMatch(/NoNewPrivs:\s+1/);
    expect(output).toMatch(/Seccomp:\s+2/);
    const raw = await exec(containerId, ['ping', '-c', '1', '-W', '1', '127.0.0.1']);
    expect(raw.code).not.toBe(0);
    const mounts = await exec(containerId, ['mount']);
    expect(mounts.output).toMatch(/tmpfs on \/tmp .*size=65536k/);
  });

  it('lets a user that is not root listen on port 80', async () => {
    const state = await run('exec httpd -f -p 80 -h /', { user: '65534' });
    const answer = await until(() => fetch(`http://${state.address}:80/`).then((r) => r.status, () => undefined));
    expect(answer).toBe(404);
  });

  it('reaches neither its sibling, nor the internet, nor a port of this host, while the host reaches it', async () => {
    const server = createServer((_request, response) => void response.end('host'));
    await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve));
    const { port } = server.address() as { port: number };
    try {
      const [one, two] = await Promise.all([run(WEB(8080)), run(WEB(8080))]);
      for (const state of [one, two]) {
        expect(await until(() => fetch(`http://${state.address}:8080/`).then((r) => r.text(), () => undefined))).toBe('hello\n');
      }
      const dial = (address: string, to: number) => exec(one.containerId, ['timeout', '3', 'nc', '-w', '2', address, String(to), '-e', 'true']);
      expect((await dial(one.address ?? '', 8080)).code).toBe(0);
      expect((await dial(two.address ?? '', 8080)).code).not.toBe(0);
      expect((await dial('1.1.1.1', 80)).code).not.toBe(0);
      const gateway = (one.address ?? '').replace(/\d+$/, '1');
      expect(network.firewall).toEqual({ closed: true });
      expect((await dial(gateway, port)).code).not.toBe(0);
    } finally {
      server.close();
    }
  });

  it('sees what listens, and on what, from outside', async () => {
    const state = await run('(httpd -f -p 127.0.0.1:9000 -h / &) ; exec httpd -f -p 8080 -h /');
    const sockets = await until(async () => {
      const found = await listeningSockets(state.containerId, state.pid ?? 0);
      return found?.length === 2 ? found : undefined;
    });
    expect(sockets).toEqual([
      { port: 8080, reach: 'any' },
      { port: 9000, reach: 'loopback' },
    ]);
    expect(await listeningSockets('another container', state.pid ?? 0)).toBeNull();
  });

  it('is killed, not slowed, when it takes more memory than it has', async () => {
    const { containerId } = await run("a=x; while true; do a=$a$a; done; echo $a");
    const ended = await until(async () => {
      const state = await sandboxes.inspect(containerId);
      return state?.phase === 'exited' ? state : undefined;
    });
    expect(ended).toMatchObject({ outOfMemory: true, exitCode: 137 });
  }, 20_000);

  it('cannot fork without bound', async () => {
    const { containerId } = await run('i=0; while [ $i -lt 300 ]; do sleep 30 & i=$((i+1)); done; wait');
    const complaint = await until(async () => (await sandboxes.lastLines(containerId, 5)).find(({ text }) => text.includes("can't fork")));
    expect(complaint.stream).toBe('stderr');
  });
});

describe('Sandboxes', () => {
  it('gives back the container that a launch already has, and replaces an earlier attempt’s', async () => {
    const launchId = `lch_${newId()}`;
    const first = await run('sleep 60', { launchId });
    const again = await run('sleep 60', { launchId });
    expect(again.containerId).toBe(first.containerId);
    const next = await run('sleep 60', { launchId, attempt: 2 });
    expect(next.containerId).not.toBe(first.containerId);
    expect(next.attempt).toBe(2);
    expect((await sandboxes.list()).filter((sandbox) => sandbox.launchId === launchId)).toHaveLength(1);
  });

  it('names what is wrong with an image', async () => {
    const spec = { role: 'launch', readOnlyRoot: false, id: `lch_${newId()}`, appId: 'a', buildId: 'b', attempt: 1, expiresAt: '', env: {}, profile: 'small', engineCpus: 2 } as const;
    await expect(sandboxes.create({ ...spec, image: 'osiris-test/absent:1' })).rejects.toMatchObject({ code: 'IMAGE_GONE' });
    await expect(sandboxes.imageFacts('osiris-test/absent:1')).rejects.toMatchObject({ code: 'IMAGE_GONE' });
    const base = await engine.docker.createContainer({ Image: 'busybox:latest', Cmd: ['no-such-command'] });
    await base.commit({ repo: `osiris-test/${hubId}`, tag: 'bad' });
    await base.remove();
    images.push(`osiris-test/${hubId}:bad`);
    const { containerId } = await sandboxes.create({ ...spec, image: `osiris-test/${hubId}:bad` });
    const refused = await sandboxes.start(containerId).then(
      () => undefined,
      (error: unknown) => error,
    );
    // With an init the container may start and end with 127 instead; either way it is told apart.
    if (refused) expect(refused).toMatchObject({ code: 'APP_EXITED', message: expect.stringContaining('no-such-command') as string });
    else expect((await until(async () => { const s = await sandboxes.inspect(containerId); return s?.phase === 'exited' ? s : undefined; })).exitCode).toBe(127);
  });

  it('follows output from the first line, tells the last ones, and hears the end', async () => {
    const abort = new AbortController();
    const exits: SandboxExit[] = [];
    let connected = 0;
    const watching = watchSandboxExits(engine, hubId, { exited: (exit) => void exits.push(exit), connected: () => void connected++ }, abort.signal);
    await until(async () => (connected > 0 ? true : undefined));
    const state = await run('echo one; echo two >&2; sleep 0.3; echo three; exit 3');
    const lines: string[] = [];
    for await (const line of await sandboxes.follow(state.containerId, abort.signal)) lines.push(`${line.stream}:${line.text}`);
    expect(lines.sort()).toEqual(['stderr:two', 'stdout:one', 'stdout:three']);
    expect((await sandboxes.lastLines(state.containerId, 1)).map(({ text }) => text)).toEqual(['three']);
    await until(async () => exits.find((exit) => exit.containerId === state.containerId));
    expect(await sandboxes.inspect(state.containerId)).toMatchObject({ phase: 'exited', exitCode: 3, outOfMemory: false });
    abort.abort();
    await watching;
  });

  it('ends what runs within its grace, and can do so twice', async () => {
    const { containerId } = await run("trap '' TERM; while true; do sleep 1; done");
    await sandboxes.stop(containerId, 1);
    // Killed: it would never have ended by itself.
    expect(await sandboxes.inspect(containerId)).toMatchObject({ phase: 'exited', exitCode: 137 });
    await sandboxes.stop(containerId, 1);
    await sandboxes.remove(containerId);
    await sandboxes.remove(containerId);
    expect(await sandboxes.inspect(containerId)).toBeUndefined();
  }, 15_000);

  it('refuses a network of that name that is not isolated', async () => {
    const other = `${hubId}-open`;
    const open = await engine.docker.createNetwork({ Name: `osiris-${other}`, Driver: 'bridge' });
    try {
      await expect(ensureSandboxNetwork(engine, other)).rejects.toThrow('not an isolated one');
    } finally {
      await open.remove();
    }
  });
});
