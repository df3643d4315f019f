import { rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import type { Readiness, SearchAppsResult } from '@osiris/contracts';
import { eventually, HubClient, type Problem } from '../client/hub-client';
import { PreviewClient } from '../client/preview-client';
import { engineLeftovers } from '../hub/engine-leftovers';
import { sharedHub } from '../hub/shared-hub';
import { TestHub } from '../hub/test-hub';
import { staticApp } from '../repositories/fixtures';

test('a second hub without an engine ingests and searches, says what waits, and goes on when an engine appears', async ({ page }) => {
  test.setTimeout(240_000);
  const socket = join(tmpdir(), `osiris-e2e-${process.pid}.sock`);
  const hub = await TestHub.start({ OSIRIS_ENGINE: 'none', DOCKER_HOST: `unix://${socket}` });
  const api = new HubClient(hub.facts.port);
  const hubId = hub.files.run()?.hubId ?? '';
  try {
    const app = await api.register(staticApp(hub.facts.repositories, 'e2e/patient', { title: 'Patient', about: 'Waits for an engine.' }).url);
    expect((await api.ingested(app.id)).ingestStatus).toBe('ready');
    expect((await api.get<SearchAppsResult>('/apps?q=pati')).body.items.map(({ id }) => id)).toEqual([app.id]);

    const ready = await api.get<Readiness>('/readyz');
    expect(ready.status).toBe(200);
    expect(ready.body.status).toBe('waiting');
    expect(JSON.stringify(ready.body.dependencies)).toMatch(/engine/i);
    await eventually(() => api.app(app.id), ({ latestBuild }) => latestBuild?.status === 'pending', 'a build that waits');
    expect((await api.post<Problem>('/launches', { appId: app.id })).body.code).toBe('APP_NOT_BUILT');
    await page.goto(`http://localhost:${hub.facts.port}/`);
    await expect(page.getByText(/container engine/i).first()).toBeVisible();

    await test.step('private addresses are refused where nobody allowed them', async () => {
      for (const repoUrl of ['http://127.0.0.1/a/b', 'http://localhost/a/b', 'http://[::1]/a/b', 'http://169.254.169.254/latest/meta-data', 'http://0x7f.1/a/b', 'http://10.1.2.3/a/b', 'ssh://git@192.168.1.1/a/b']) {
        const answer = await api.post<Problem>('/apps', { repoUrl });
        expect(answer.status, repoUrl).toBe(400);
        expect(answer.body.code, repoUrl).toBe('HOST_NOT_ALLOWED');
      }
    });

    const { files } = sharedHub();
    symlinkSync((files.run()?.dockerHost ?? '').replace(/^unix:\/\//, ''), socket);
    expect((await api.built(app.id, 90_000)).status).toBe('succeeded');
    const launch = await api.launched((await api.launch(app.id)).id);
    expect(launch.error).toBeNull();
    const preview = new PreviewClient(launch.previewUrl ?? '');
    await preview.enter();
    expect((await preview.get('/')).text).toContain('Patient');
    await eventually(() => api.get<Readiness>('/readyz'), ({ body }) => body.status === 'ready', 'nothing to wait for', 20_000);
    await api.send('DELETE', `/launches/${launch.id}`);
    await api.ended(launch.id);
  } finally {
    const left = await hub.stop();
    await hub.remove();
    left.push(...(await engineLeftovers(`unix://${socket}`, hubId, 'containers')), ...(await engineLeftovers(`unix://${socket}`, hubId, 'images')));
    rmSync(socket, { force: true });
    expect(left).toEqual([]);
  }
});
