import { imageOf, launchChanges, openPreview, runOnce } from './launch-latency.mjs';

/**
 * As many launches asked for at the same moment, beside as many `docker run`, one after the other.
 * @param {import('../hub-process.mjs').HubProcess} hub
 * @param {any} app
 * @param {number} count
 * @returns {Promise<{ app: string, count: number, failed: number, lastMs: number, dockerMs: number, launchIds: string[] }>} `lastMs`: from the first POST until the last answers 200
 */
export async function burst(hub, app, count) {
  const { image, port } = await imageOf(hub, app);
  const dockerBegan = performance.now();
  for (let run = 0; run < count; run++) await runOnce(hub.dockerHost, image, port);
  const dockerMs = performance.now() - dockerBegan;

  const changes = await launchChanges(hub, app.id);
  try {
    const began = performance.now();
    const ends = await Promise.allSettled(
      Array.from({ length: count }, async () => {
        const { id } = await hub.json('/launches', { method: 'POST', body: { appId: app.id } });
        await openPreview(hub, (await changes.running(id)).previewUrl ?? '');
        return id;
      }),
    );
    const lastMs = performance.now() - began;
    const launchIds = ends.flatMap((end) => (end.status === 'fulfilled' ? [end.value] : []));
    return { app: app.name, count, failed: count - launchIds.length, lastMs, dockerMs, launchIds };
  } finally {
    changes.close();
  }
}
