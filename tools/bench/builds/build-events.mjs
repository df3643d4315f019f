import { once } from 'node:events';
import { WebSocket } from 'ws';

const limitMs = 10 * 60_000;

/**
 * Builds of an app as the page follows them: by events. Asking again and again would load the machine that is measured.
 * @param {import('../hub-process.mjs').HubProcess} hub @param {string} appId
 */
export async function followBuilds(hub, appId) {
  const socket = new WebSocket(`ws://127.0.0.1:${hub.port}/events?types=build.updated&subject=${appId}`);
  /** @type {Map<string, any>} */
  const latest = new Map();
  socket.on('message', (data) => {
    const { build } = JSON.parse(String(data)).data ?? {};
    if (!build) return;
    latest.set(build.id, build);
    socket.emit('build');
  });
  await once(socket, 'open');
  return {
    close: () => socket.close(),
    /** @param {string} id @returns {Promise<any>} the build, succeeded @throws where it did not */
    async succeeded(id) {
      for (const limit = AbortSignal.timeout(limitMs); ; ) {
        const build = latest.get(id);
        if (build?.status === 'succeeded') return build;
        if (build?.status === 'failed' || build?.status === 'canceled') throw new Error(`the build ended so: ${JSON.stringify(build.error)}`);
        await once(socket, 'build', { signal: limit });
      }
    },
  };
}

/**
 * Registers a repository of this machine and waits for its first build.
 * @param {import('../hub-process.mjs').HubProcess} hub @param {string} path
 * @returns {Promise<any>} the app
 */
export async function registerBuilt(hub, path) {
  const { id } = await hub.json('/apps', { method: 'POST', body: { repoUrl: `file://${path}` } });
  for (const end = Date.now() + limitMs; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 250))) {
    const app = await hub.json(`/apps/${id}`);
    const error = app.ingestError ?? app.latestBuild?.error;
    if (error) throw new Error(`${app.name}: ${JSON.stringify(error)}`);
    if (app.latestBuild?.status === 'succeeded') return app;
  }
  throw new Error(`${path} was not built in time`);
}
