import { expect, test } from '@playwright/test';
import type { App, Launch, LaunchStats } from '@osiris/contracts';
import { EventClient } from '../client/event-client';
import { eventually } from '../client/hub-client';
import { PreviewClient } from '../client/preview-client';
import { sharedHub } from '../hub/shared-hub';
import { mirrorApp } from '../repositories/fixtures';

const { facts, api } = sharedHub();

test.describe.serial('the life of a launch', () => {
  let app: App;
  test.beforeAll(async () => {
    app = await api.register(mirrorApp(facts.repositories, 'e2e-life/mirror').url);
    expect((await api.built(app.id)).status).toBe('succeeded');
  });

  test('started anew it keeps its address, its visitors and its variables, and loses what it wrote', async () => {
    const launch = await api.launched((await api.launch(app.id, { env: { SECRET: 'nine-more' } })).id);
    expect(launch).toMatchObject({ status: 'running', restarts: 0, error: null });
    expect(Date.parse(launch.idleAt ?? '')).toBeGreaterThan(Date.now());
    const preview = new PreviewClient(launch.previewUrl ?? '');
    await preview.enter();
    expect((await preview.get('/env')).text).toBe('SECRET has 9 characters');

    const answer = await api.post<Launch>(`/launches/${launch.id}/restart`);
    expect(answer.status).toBe(202);
    expect(answer.body).toMatchObject({ id: launch.id, restarts: 1, previewUrl: null, expiresAt: launch.expiresAt });
    const again = await api.launched(launch.id);
    expect(again).toMatchObject({ status: 'running', restarts: 1, error: null, previewUrl: launch.previewUrl, expiresAt: launch.expiresAt });
    expect((await preview.get('/env')).text, 'the cookie of before').toBe('SECRET has 9 characters');
    // Its log is told anew: the lines of the first container are an artifact of their own.
    expect((await api.readUntil(`/launches/${launch.id}/log?follow=true`, 'seen /env')).match(/seen \/env/g)).toHaveLength(1);

    await api.send('DELETE', `/launches/${launch.id}`);
    expect(await api.ended(launch.id)).toMatchObject({ status: 'stopped', endReason: 'stopped', idleAt: null, endedAt: expect.any(String) });
    expect((await api.post(`/launches/${launch.id}/restart`)).status).toBe(409);
    expect(api.transcript.join('\n')).not.toContain('nine-more');
  });

  test('tells who asks what it uses', async () => {
    const events = await EventClient.connect(facts.port, { types: 'launch.stats', subject: app.id });
    try {
      const launch = await api.launched((await api.launch(app.id)).id);
      const figures = await events.next(({ type, data }) => type === 'launch.stats' && (data as LaunchStats).launchId === launch.id, 'its figures', 15_000);
      expect(figures.data).toMatchObject({ appId: app.id, memoryLimitBytes: 512 * 1024 * 1024, memoryBytes: expect.any(Number) });
      expect((figures.data as LaunchStats).memoryBytes).toBeGreaterThan(1024 * 1024);
      await api.send('DELETE', `/launches/${launch.id}`);
      await api.ended(launch.id);
    } finally {
      await events.close();
    }
  });

  test('use moves the moment at which it would end', async () => {
    const launch = await api.launched((await api.launch(app.id)).id);
    const preview = new PreviewClient(launch.previewUrl ?? '');
    await preview.enter();
    await eventually(
      async () => {
        await preview.get('/');
        return api.launchOf(launch.id);
      },
      ({ idleAt }) => Date.parse(idleAt ?? '') > Date.parse(launch.idleAt ?? ''),
      'the use to be told',
      30_000,
    );
    await api.send('DELETE', `/launches/${launch.id}`);
    await api.ended(launch.id);
  });
});
