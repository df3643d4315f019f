import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import type { HistoryEntry } from '@osiris/contracts';
import { EventClient } from '../client/event-client';
import { eventually } from '../client/hub-client';
import { PreviewClient } from '../client/preview-client';
import { sharedHub } from '../hub/shared-hub';
import { staticApp } from '../repositories/fixtures';
import { EngineView } from './engine-view';

const { facts, api, files } = sharedHub();
const names = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];

/** Stops the NATS server and empties its folder before the launcher starts it again. */
async function loseAllMessages(): Promise<void> {
  const nats = join(facts.home, 'nats');
  const pidFile = join(nats, 'nats.pid');
  const before = Number(readFileSync(pidFile, 'utf8'));
  process.kill(before, 'SIGKILL');
  rmSync(join(nats, 'store'), { recursive: true, force: true });
  await eventually(async () => Number(readFileSync(pidFile, 'utf8')), (pid) => pid !== before, 'NATS to be started again', 20_000);
}

test('NATS stopped, emptied and started again in the middle of ten jobs: all ten end well, once', async () => {
  test.setTimeout(300_000);
  const engine = EngineView.at(files.run()?.dockerHost);
  const shown = await api.register(staticApp(facts.repositories, 'e2e-lost/shown', { title: 'Shown', about: 'Runs all the while.' }).url);
  await api.built(shown.id);
  const launch = await api.launched((await api.launch(shown.id)).id);
  const preview = new PreviewClient(launch.previewUrl ?? '');
  await preview.enter();

  const apps = await Promise.all(names.map((name) => api.register(staticApp(facts.repositories, `e2e-lost/${name}`, { title: `Lost ${name}`, about: 'One of ten.', run: `sleep 2 && echo ${name}` }).url)));
  const ids = apps.map(({ id }) => id);
  await eventually(() => Promise.all(ids.map((id) => api.app(id))), (all) => all.some(({ latestBuild }) => latestBuild?.status === 'running'), 'the first build to run', 60_000);
  await loseAllMessages();

  for (const id of ids) expect((await api.built(id, 200_000)).status, id).toBe('succeeded');
  for (const id of ids) {
    const history = (await api.get<{ items: HistoryEntry[] }>(`/apps/${id}/history`)).body.items;
    expect(history.filter(({ kind }) => kind === 'build'), id).toHaveLength(1);
    expect(await engine.imagesOf(id), id).toHaveLength(1);
  }

  const later = await eventually(() => preview.get('/'), ({ status }) => status === 200, 'the preview whose route was lost', 20_000);
  expect(later.text).toContain('<h1>Shown</h1>');
  // Clients resume by rows of the database, not by what NATS has forgotten.
  const all = await EventClient.connect(facts.port, { after: '0' });
  await all.next((event) => event.subject === ids[0] && event.type === 'app.created', 'the first event again', 15_000);
  await all.close();
  await api.send('DELETE', `/launches/${launch.id}`);
  expect((await api.ended(launch.id)).status).toBe('stopped');
});
