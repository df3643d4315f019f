import { execFile } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { SearchAppsResult } from '@osiris/contracts';
import { eventually, HubClient } from '../../client/hub-client';
import { TestHub } from '../../hub/test-hub';
import { SEEDED_APPS } from './seeded-hub';

const checkout = resolve(__dirname, '../../..');
const SEED_WITHIN_MS = 60_000;

/** Starts the hub that these specs share, fills its catalogue as `npm run seed` does, and returns what ends it. */
export default async function globalSetup(): Promise<() => Promise<void>> {
  const hub = await TestHub.start({
    // Nothing is built or launched here, so what a machine has of engines must make no difference.
    OSIRIS_ENGINE: 'none',
    DOCKER_HOST: `unix://${join(tmpdir(), `no-engine-${process.pid}.sock`)}`,
  });
  try {
    await promisify(execFile)(process.execPath, ['tools/seed.mjs', '--apps', String(SEEDED_APPS)], {
      cwd: checkout,
      env: { ...process.env, OSIRIS_HOME: hub.facts.home },
      timeout: SEED_WITHIN_MS,
    });
    const api = new HubClient(hub.facts.port);
    await eventually(() => api.get<SearchAppsResult>('/apps?limit=1'), ({ body }) => body.total === SEEDED_APPS, 'a search over all seeded apps');
  } catch (error) {
    await hub.stop();
    throw error;
  }
  process.env.E2E_HUB = JSON.stringify(hub.facts);
  return async () => {
    const left = await hub.stop();
    await hub.remove();
    if (left.length > 0) throw new Error(`the hub left behind:\n${left.join('\n')}`);
  };
}
