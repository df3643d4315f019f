import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { networkInterfaces } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from '@playwright/test';
import type { Launch } from '@osiris/contracts';
import { eventually } from '../client/hub-client';
import { PreviewClient } from '../client/preview-client';
import { sharedHub } from '../hub/shared-hub';
import { EngineView } from '../resilience/engine-view';
import { staticApp } from '../repositories/fixtures';
import { type Bomb, hostileApp, type Walls } from '../repositories/hostile-app';

const { facts, files, api } = sharedHub();
const KIB = 1024;
/** Lines of a launch's log are kept up to ten megabytes (docs/operations.md), and a word about the rest. */
const LOG_LIMIT = 10 * KIB * KIB + 4 * KIB;

const LISTENING = '0A';
/** Ports that anything on this machine listens on: the hub's services, NATS, and whatever else there is (proc(5), /proc/net/tcp). */
const listeningPorts = (): number[] => {
  const lines = ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((file) => readFileSync(file, 'utf8').trim().split('\n').slice(1));
  const ports = lines.flatMap((line) => {
    const [, local = '', , state] = line.trim().split(/\s+/);
    return state === LISTENING ? [Number.parseInt(local.split(':')[1] ?? '', 16)] : [];
  });
  return [...new Set(ports)];
};
const machine = (): string[] => Object.values(networkInterfaces()).flatMap((list) => (list ?? []).flatMap(({ family, address }) => (family === 'IPv4' ? [address] : [])));
/** Link-local services that clouds tell secrets by, and the world. */
const METADATA = ['169.254.169.254:80', '169.254.170.2:80', '100.100.100.200:80', '192.0.2.1:80', '1.1.1.1:53', '8.8.8.8:443'];

test.describe.configure({ mode: 'serial' });

let hostile: string;
let friend: PreviewClient;
let friendLaunch: Launch;
const launches: string[] = [];

test.beforeAll(async () => {
  const [bad, good] = [await api.register(hostileApp(facts.repositories, 'e2e/hostile').url), await api.register(staticApp(facts.repositories, 'e2e/friend', { title: 'Friend', about: 'Answers, whatever happens beside it.' }).url)];
  for (const { id } of [bad, good]) expect((await api.built(id)).status).toBe('succeeded');
  // Only once it was seen running is it known that it bears a root that cannot be written to.
  await eventually(() => api.app(bad.id), ({ verification }) => verification?.status === 'passed', 'the first look at the hostile app', 60_000);
  hostile = bad.id;
  friendLaunch = await api.launched((await api.launch(good.id)).id);
  friend = new PreviewClient(friendLaunch.previewUrl ?? '');
  await friend.enter();
});

test.afterAll(async () => {
  for (const id of [...launches, friendLaunch.id]) await api.send('DELETE', `/launches/${id}`);
});

/** What the friendly app answers while `work` goes on. */
async function meanwhile<T>(work: Promise<T>): Promise<{ value: T; answers: number[] }> {
  const answers: number[] = [];
  let going = true;
  const asking = (async () => {
    while (going) {
      answers.push((await friend.get('/')).status);
      await pause(100);
    }
  })();
  try {
    return { value: await work, answers };
  } finally {
    going = false;
    await asking;
  }
}

async function launch(env: Record<string, string> = {}, appId = hostile): Promise<Launch> {
  const { body } = await api.post<Launch>('/launches', { appId, env });
  launches.push(body.id);
  return api.launched(body.id);
}

test('a hostile app reaches nothing of the hub, the machine, its neighbours or the network', async () => {
  const careless = createServer((socket) => socket.end());
  await new Promise<void>((resolve) => careless.listen(0, '0.0.0.0', resolve));
  const ports = listeningPorts();
  for (const port of [(careless.address() as AddressInfo).port, facts.port, ...[1, 2, 3, 4, 5].map((offset) => facts.port + 100 + offset)]) expect(ports).toContain(port);
  const neighbour = await EngineView.at(files.run()?.dockerHost).addressOf(friendLaunch.id);
  const preview = new PreviewClient((await launch()).previewUrl ?? '');
  await preview.enter();
  const targets = [...machine().filter((address) => !address.startsWith('127.')).flatMap((address) => ports.map((port) => `${address}:${port}`)), `${neighbour}:8080`, ...METADATA];
  const { value, answers } = await meanwhile(preview.get<Walls>(`/walls?scan=1&dial=${targets.join(',')}`));
  careless.close();
  expect(value.body).toEqual({ connected: [], resolved: [], opened: [], written: [] });
  expect(new Set(answers)).toEqual(new Set([200]));
  // What it tries on itself works: the checks can fail.
  expect((await preview.get<Walls>('/walls?self=1&dial=127.0.0.1:3000')).body).toEqual({ connected: ['127.0.0.1:3000'], resolved: [], opened: ['/dev/zero', '/proc/version'], written: [] });
});

/** Waits until the log of the launch says it, or the launch is over. */
async function until(id: string, said: RegExp): Promise<{ launch: Launch; log: string }> {
  for (const deadline = Date.now() + 90_000; Date.now() < deadline; await pause(500)) {
    const { body } = await api.get<Launch>(`/launches/${id}`);
    const { text } = await api.get(`/launches/${id}/log`);
    if (said.test(text) || body.status === 'failed') return { launch: body, log: text };
  }
  throw new Error(`${id} did not get so far: ${said}`);
}

const BOMBS: [Bomb, RegExp, (seen: { launch: Launch; log: string }) => void][] = [
  ['fork', /fork stopped by EAGAIN after \d+/, ({ log }) => expect(Number(/after (\d+)/.exec(log)?.[1])).toBeLessThan(128)],
  ['memory', /never/, ({ launch }) => expect(launch.error?.code).toBe('OUT_OF_MEMORY')],
  [
    'disk',
    /disk \/var\/tmp\/fill .*/,
    ({ log }) => {
      const taken = [...log.matchAll(/disk (\S+) stopped by (\w+) after (\d+)/g)].map(([, path, code, bytes]) => ({ path, code, bytes: Number(bytes) }));
      expect(log).not.toContain(' took ');
      // Memory of its own, and bounded; anywhere else nothing at all.
      expect(taken.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThan(256 * KIB * KIB);
      for (const path of ['/fill', '/app/fill', '/var/tmp/fill']) expect(taken.find((one) => one.path === path)).toMatchObject({ code: 'EROFS', bytes: 0 });
    },
  ],
  ['log', /what follows is dropped/, ({ log }) => expect(Buffer.byteLength(log)).toBeLessThanOrEqual(LOG_LIMIT)],
];

for (const [bomb, said, check] of BOMBS) {
  test(`a ${bomb} bomb hurts nobody but itself`, async () => {
    const { id } = await launch({ BOMB: bomb });
    const { value, answers } = await meanwhile(until(id, said));
    check(value);
    expect(answers.length).toBeGreaterThan(0);
    expect(new Set(answers)).toEqual(new Set([200]));
    await api.send('DELETE', `/launches/${id}`);
    await api.ended(id);
    // The hub is as it was: another launch comes up, and the services are well.
    expect((await api.get<{ items: { slug: string; status: string }[] }>('/services')).body.items.filter(({ status }) => status === 'unreachable')).toEqual([]);
  });
}

test('a disk filler whose root can be written to ends, and nobody else', async () => {
  const { id: appId } = await api.register(hostileApp(facts.repositories, 'e2e/filler', { needsRoot: true }).url);
  expect((await api.built(appId)).status).toBe('succeeded');
  const app = await eventually(() => api.app(appId), ({ verification }) => verification?.status === 'passed', 'the first look at the filler', 60_000);
  expect(app.verification?.readOnlyRoot).toBe(false);
  const { id } = await launch({ BOMB: 'disk' }, appId);
  const { value, answers } = await meanwhile(until(id, /never/));
  expect(value.launch.error?.code).toBe('DISK_FULL');
  expect(new Set(answers)).toEqual(new Set([200]));
});
