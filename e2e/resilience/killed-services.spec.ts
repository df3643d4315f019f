import { expect, test } from '@playwright/test';
import type { HistoryEntry } from '@osiris/contracts';
import { EventClient } from '../client/event-client';
import { eventually } from '../client/hub-client';
import { PreviewClient } from '../client/preview-client';
import { sharedHub } from '../hub/shared-hub';
import { staticApp } from '../repositories/fixtures';
import { GitHttpServer } from '../repositories/git-http-server';
import { GitRepository } from '../repositories/git-repository';
import { EngineView } from './engine-view';

const { facts, api, files } = sharedHub();
const engine = EngineView.at(files.run()?.dockerHost);

/** Ends a service as the kernel would when memory runs out, and waits for the launcher to have another one up. */
async function killAndAwaitRestart(name: string): Promise<void> {
  const before = files.pidOf(name);
  process.kill(before, 'SIGKILL');
  await eventually(async () => files.pidOf(name), (pid) => pid !== before, `${name} to be started again`, 20_000);
}

async function builds(appId: string): Promise<HistoryEntry[]> {
  const history = await api.get<{ items: HistoryEntry[] }>(`/apps/${appId}/history`);
  return history.body.items.filter(({ kind }) => kind === 'build');
}

test.afterEach(async () => {
  // The next scenario begins with all services there.
  await eventually(() => api.get('/readyz'), ({ status }) => status === 200, 'the hub to be ready', 30_000);
});

test('ingestion killed in the middle of a fetch: the app is ingested after all, once', async () => {
  const repository = staticApp(facts.repositories, 'e2e-kill/ingestion', { title: 'Survivor', about: 'Fetched twice, ingested once.' });
  const server = await GitHttpServer.start(facts.repositories, { delayMs: 4000 });
  const events = await EventClient.connect(facts.port);
  try {
    const app = await api.register(`http://127.0.0.1:${server.port}/e2e-kill/ingestion/.git`);
    await eventually(() => api.app(app.id), (now) => now.ingestStatus === 'processing', 'the fetch to begin', 15_000);
    await killAndAwaitRestart('ingestion');
    const ready = await api.ingested(app.id, 60_000);
    expect(ready).toMatchObject({ ingestStatus: 'ready', commitSha: repository.head, ingestError: null });
    expect((await api.built(app.id)).status).toBe('succeeded');
    expect(await builds(app.id)).toHaveLength(1);
    const ends = events.received.filter((event) => event.type === 'ingestion.updated' && event.subject === app.id && (event.data as { status: string }).status === 'ready');
    expect(ends).toHaveLength(1);
  } finally {
    await events.close();
    await server.close();
  }
});

test('build killed in the middle of a RUN: the build succeeds after all, once', async () => {
  const app = await api.register(staticApp(facts.repositories, 'e2e-kill/build', { title: 'Twice begun', about: 'x', run: 'echo begun && sleep 6 && echo ended' }).url);
  await eventually(() => api.app(app.id), (now) => now.latestBuild?.status === 'running', 'the build to run', 60_000);
  await new Promise((resolve) => setTimeout(resolve, 1500));
  await killAndAwaitRestart('build');
  const build = await api.built(app.id, 90_000);
  expect(build.error).toBeNull();
  expect(build.status).toBe('succeeded');
  expect((await builds(app.id)).filter(({ status }) => status === 'succeeded')).toHaveLength(1);
  expect(await engine.imagesOf(app.id)).toHaveLength(1);
  const log = (await api.get(`/builds/${build.id}/log`)).text;
  expect(log.match(/^ended$/gm)?.length, 'the second attempt replaces the log of the first').toBe(1);
});

test('runner killed while an app starts, and while it runs: one container, and the preview goes on', async () => {
  const slow = GitRepository.of(facts.repositories, 'e2e-kill/runner', {
    Dockerfile: 'FROM busybox:latest\nRUN mkdir /www && echo at last > /www/index.html\nEXPOSE 8080\nCMD ["sh", "-c", "sleep 5; exec httpd -f -p 0.0.0.0:8080 -h /www"]\n',
  });
  const app = await api.register(slow.url);
  expect((await api.built(app.id)).status).toBe('succeeded');
  const { id } = await api.launch(app.id);
  await eventually(() => api.launchOf(id), ({ status }) => status === 'starting', 'the launch to begin', 20_000);
  await eventually(() => engine.containersOf(id), (found) => found.length === 1, 'its container', 20_000);
  await killAndAwaitRestart('runner');
  const launch = await api.launched(id, 60_000);
  expect(launch.error).toBeNull();
  expect(launch.status).toBe('running');
  expect(await engine.containersOf(id)).toHaveLength(1);
  const preview = new PreviewClient(launch.previewUrl ?? '');
  await preview.enter();
  expect((await preview.get('/')).text).toContain('at last');

  const [container] = await engine.containersOf(id);
  await killAndAwaitRestart('runner');
  expect((await preview.get('/')).text, 'without a runner, the preview still answers').toContain('at last');
  await eventually(() => fetch(`http://127.0.0.1:${facts.port + 105}/readyz`), ({ ok }) => ok, 'the runner', 30_000);
  expect(await engine.containersOf(id)).toEqual([container]);
  expect((await api.launchOf(id)).status).toBe('running');
  await api.send('DELETE', `/launches/${id}`);
  expect((await api.ended(id)).status).toBe('stopped');
  await eventually(() => engine.containersOf(id), (found) => found.length === 0, 'the container to go', 20_000);
});

test('catalog killed between two steps: nothing is lost, events go on where they were', async () => {
  const events = await EventClient.connect(facts.port);
  const app = await api.register(staticApp(facts.repositories, 'e2e-kill/catalog', { title: 'Remembered', about: 'x', run: 'sleep 4' }).url);
  await eventually(() => api.app(app.id), (now) => now.latestBuild?.status === 'running', 'the build to run', 60_000);
  await killAndAwaitRestart('catalog');
  const build = await api.built(app.id, 90_000);
  expect(build.status).toBe('succeeded');
  expect(await builds(app.id)).toHaveLength(1);
  await events.next((event) => event.subject === app.id && (event.data as { build?: { status: string } }).build?.status === 'succeeded', 'the build by event', 20_000);
  expect(new Set(events.sequences).size).toBe(events.sequences.length);
  expect(events.sequences).toEqual([...events.sequences].sort((a, b) => a - b));
  await events.close();
});
