import { expect, test } from '@playwright/test';
import type { App, Launch } from '@osiris/contracts';
import { eventually } from '../client/hub-client';
import { PreviewClient } from '../client/preview-client';
import { sharedHub } from '../hub/shared-hub';
import { staticApp } from '../repositories/fixtures';
import { EngineView } from './engine-view';

const { facts, api, files } = sharedHub();
const engine = EngineView.at(files.run()?.dockerHost);
/** What the catalogue says is what runs, within so long. */
const TRUTH_MS = 10_000;

test.describe.serial('a container that somebody lays hands on', () => {
  let app: App;
  test.beforeAll(async () => {
    app = await api.register(staticApp(facts.repositories, 'e2e-hand/app', { title: 'Handled', about: 'x' }).url);
    expect((await api.built(app.id)).status).toBe('succeeded');
  });

  async function running(): Promise<{ launch: Launch; containerId: string }> {
    const launch = await api.launched((await api.launch(app.id)).id);
    expect(launch).toMatchObject({ status: 'running', error: null });
    const [containerId = ''] = await engine.containersOf(launch.id);
    return { launch, containerId };
  }

  test('killed: its launch has failed, and says by which signal', async () => {
    const { launch, containerId } = await running();
    await engine.kill(containerId);
    const ended = await api.ended(launch.id, TRUTH_MS);
    expect(ended).toMatchObject({ status: 'failed', error: { code: 'APP_EXITED', message: expect.stringContaining('137 (SIGKILL) while it was running') } });
    await eventually(() => engine.containersOf(launch.id), (found) => found.length === 0, 'nothing to be left of it', TRUTH_MS);
  });

  test('removed: its launch has failed', async () => {
    const { launch, containerId } = await running();
    await engine.remove(containerId);
    const ended = await api.ended(launch.id, TRUTH_MS);
    expect(ended.status).toBe('failed');
    // Seen dead, or seen gone, by which of the two came first.
    expect(['CONTAINER_GONE', 'APP_EXITED']).toContain(ended.error?.code);
  });

  test('paused: it goes on', async () => {
    const { launch, containerId } = await running();
    const preview = new PreviewClient(launch.previewUrl ?? '');
    await preview.enter();
    await engine.pause(containerId);
    const answer = await eventually(() => preview.get('/'), ({ status }) => status === 200, 'it to answer again', TRUTH_MS);
    expect(answer.text).toContain('Handled');
    expect((await api.launchOf(launch.id)).status).toBe('running');
    await api.send('DELETE', `/launches/${launch.id}`);
    await api.ended(launch.id);
  });
});
