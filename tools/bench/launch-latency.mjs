import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { run } from '../launcher/commands.mjs';
import { call } from '../launcher/engine-api.mjs';
import { anyFree } from '../launcher/ports.mjs';
import { ask, until } from './http-client.mjs';

/** What the one before leaves to be done (an interface to remove, a process to reap) must not be on the next one's account. */
const restMs = 1500;
const startLimitMs = 60_000;

/**
 * Milliseconds from POST /launches until the app answers 200 through its signed preview URL, as a browser gets there:
 * the token is exchanged for a cookie, and the clean address is asked for.
 * @param {import('./hub-process.mjs').HubProcess} hub
 * @param {string} appId
 */
async function launchOnce(hub, appId) {
  const changes = await launchChanges(hub, appId);
  try {
    const began = performance.now();
    const { id } = await hub.json('/launches', { method: 'POST', body: { appId } });
    await openPreview(hub, await changes.previewOf(id));
    const ms = performance.now() - began;
    await hub.json(`/launches/${id}`, { method: 'DELETE' });
    return ms;
  } finally {
    changes.close();
  }
}

/**
 * The app's launches as the page follows them: by events. Asking again and again would load the machine that is measured.
 * @param {import('./hub-process.mjs').HubProcess} hub
 * @param {string} appId
 */
async function launchChanges(hub, appId) {
  const socket = new WebSocket(`ws://127.0.0.1:${hub.port}/events?types=launch.updated&subject=${appId}`);
  /** @type {Map<string, { previewUrl: string | null, status: string }>} */
  const latest = new Map();
  socket.on('message', (data) => {
    const { launch } = JSON.parse(String(data)).data ?? {};
    if (!launch) return;
    latest.set(launch.id, launch);
    socket.emit('launch');
  });
  await once(socket, 'open');
  return {
    close: () => socket.close(),
    /** @param {string} id @returns {Promise<string>} */
    async previewOf(id) {
      for (const limit = AbortSignal.timeout(startLimitMs); ; ) {
        const launch = latest.get(id);
        if (launch?.previewUrl) return launch.previewUrl;
        if (launch?.status === 'failed') throw new Error(`the launch failed: ${JSON.stringify(launch)}`);
        await once(socket, 'launch', { signal: limit });
      }
    },
  };
}

/** @param {import('./hub-process.mjs').HubProcess} hub @param {string} previewUrl @throws where it does not answer 200 */
async function openPreview(hub, previewUrl) {
  // Dialled at 127.0.0.1 with the Host that a browser sends: Node's resolver does not know *.localhost.
  const { host, pathname, search } = new URL(previewUrl);
  const entry = await ask(hub.port, pathname + search, { headers: { host } });
  const cookie = entry.headers['set-cookie']?.[0]?.split(';')[0] ?? '';
  const path = (entry.headers.location ?? '/').replace(/^https?:\/\/[^/]+/, '');
  const { status } = entry.status === 200 ? entry : await ask(hub.port, path, { headers: { host, cookie } });
  if (status !== 200) throw new Error(`the preview answers ${status}`);
}

/**
 * Milliseconds from `docker run -d -p` of an image until it answers 200 at the published port.
 * @param {string} dockerHost
 * @param {string} image
 * @param {string} containerPort such as `8080/tcp`
 */
async function runOnce(dockerHost, image, containerPort) {
  const port = await anyFree();
  const began = performance.now();
  const result = await run('docker', ['--host', dockerHost, 'run', '-d', '-p', `127.0.0.1:${port}:${containerPort}`, image]);
  if (result.code !== 0) throw new Error(`docker run: ${result.output}`);
  const id = result.output.trim().split('\n').at(-1) ?? '';
  try {
    await until(async () => ((await ask(port, '/', { keepAlive: false }).catch(() => undefined))?.status === 200 ? true : undefined), { what: `${image} by docker run`, limitMs: startLimitMs });
    return performance.now() - began;
  } finally {
    await run('docker', ['--host', dockerHost, 'rm', '-f', '-v', id]);
  }
}

/**
 * Measures pairs, one after the other and in turns first, so that both meet the same machine.
 * @param {import('./hub-process.mjs').HubProcess} hub
 * @param {any} app
 * @param {number} pairs
 * @param {(note: string) => void} note
 */
export async function compareLaunches(hub, app, pairs, note) {
  const image = app.latestBuild.image.reference;
  const { text } = await call(hub.dockerHost, 'GET', `/images/${image}/json`);
  const containerPort = Object.keys(JSON.parse(text).Config.ExposedPorts ?? {})[0] ?? '8080/tcp';
  const measure = { hub: () => launchOnce(hub, app.id), docker: () => runOnce(hub.dockerHost, image, containerPort) };
  /** @type {{ hub: number[], docker: number[] }} */
  const times = { hub: [], docker: [] };
  // The first of each loads what the later ones find loaded.
  for (const name of /** @type {const} */ (['hub', 'docker'])) {
    await measure[name]();
    await pause(restMs);
  }
  for (let pair = 0; pair < pairs; pair++) {
    note(`${app.name}: pair ${pair + 1} of ${pairs}`);
    for (const name of pair % 2 === 0 ? /** @type {const} */ (['hub', 'docker']) : /** @type {const} */ (['docker', 'hub'])) {
      times[name].push(await measure[name]());
      await pause(restMs);
    }
  }
  return { app: app.name, image, ...times };
}
