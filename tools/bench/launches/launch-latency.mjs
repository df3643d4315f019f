import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { run } from '../../launcher/commands.mjs';
import { call } from '../../launcher/engine-api.mjs';
import { anyFree } from '../../launcher/ports.mjs';
import { ask, until } from '../http-client.mjs';

/** What the one before leaves to be done (an interface to remove, a process to reap) must not be on the next one's account. */
const restMs = 1500;
const startLimitMs = 60_000;

/**
 * Milliseconds from POST /launches until the app answers 200 through its signed preview URL, as a browser gets there:
 * the token is exchanged for a cookie, and the clean address is asked for.
 * @param {import('../hub-process.mjs').HubProcess} hub
 * @param {string} appId
 * @param {'warm' | 'cold'} how with variables of its own a launch takes no seat
 */
async function launchOnce(hub, appId, how) {
  const changes = await launchChanges(hub, appId);
  try {
    if (how === 'warm') await seatOf(hub, appId);
    const began = performance.now();
    const { id } = await hub.json('/launches', { method: 'POST', body: { appId, ...(how === 'cold' ? { env: { BENCH: how } } : {}) } });
    const { previewUrl, warm } = await changes.running(id);
    await openPreview(hub, previewUrl ?? '');
    const ms = performance.now() - began;
    if (warm !== (how === 'warm')) throw new Error(`a launch that was to be ${how} was not`);
    await hub.json(`/launches/${id}`, { method: 'DELETE' });
    return ms;
  } finally {
    changes.close();
  }
}

/**
 * The app's launches as the page follows them: by events. Asking again and again would load the machine that is measured.
 * @param {import('../hub-process.mjs').HubProcess} hub
 * @param {string} appId
 */
export async function launchChanges(hub, appId) {
  const socket = new WebSocket(`ws://127.0.0.1:${hub.port}/events?types=launch.updated&subject=${appId}`);
  // As many wait at once as are launched at once.
  socket.setMaxListeners(0);
  /** @type {Map<string, { previewUrl: string | null, status: string, warm: boolean | null }>} */
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
    /** @param {string} id */
    async running(id) {
      for (const limit = AbortSignal.timeout(startLimitMs); ; ) {
        const launch = latest.get(id);
        if (launch?.previewUrl) return launch;
        if (launch?.status === 'failed') throw new Error(`the launch failed: ${JSON.stringify(launch)}`);
        await once(socket, 'launch', { signal: limit });
      }
    },
  };
}

/**
 * Waits until one of the app's seats is ready, as the engine tells.
 * @param {import('../hub-process.mjs').HubProcess} hub
 * @param {string} appId
 */
function seatOf(hub, appId) {
  const filters = encodeURIComponent(JSON.stringify({ label: ['io.osiris.seat', `io.osiris.app=${appId}`], status: ['paused'] }));
  const ready = async () => {
    const found = JSON.parse((await call(hub.dockerHost, 'GET', `/containers/json?filters=${filters}`)).text);
    return found.some((/** @type {{ Names: string[] }} */ { Names }) => /seat_[0-9a-z]+\.\d+$/.test(Names[0] ?? '')) || undefined;
  };
  return until(ready, { what: 'a seat', limitMs: startLimitMs, everyMs: 50 });
}

/** @param {import('../hub-process.mjs').HubProcess} hub @param {string} previewUrl @throws where it does not answer 200 */
export async function openPreview(hub, previewUrl) {
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
export async function runOnce(dockerHost, image, containerPort) {
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

/** @param {import('../hub-process.mjs').HubProcess} hub @param {any} app @returns {Promise<{ image: string, port: string }>} its image, and where that listens, such as `8080/tcp` */
export async function imageOf(hub, app) {
  const image = app.latestBuild.image.reference;
  const { text } = await call(hub.dockerHost, 'GET', `/images/${image}/json`);
  return { image, port: Object.keys(JSON.parse(text).Config.ExposedPorts ?? {})[0] ?? '8080/tcp' };
}

/**
 * Measures one of each, again and again and in turns first, so that all meet the same machine.
 * @param {import('../hub-process.mjs').HubProcess} hub
 * @param {any} app
 * @param {number} pairs
 * @param {(note: string) => void} note
 */
export async function compareLaunches(hub, app, pairs, note) {
  const { image, port } = await imageOf(hub, app);
  const measure = { warm: () => launchOnce(hub, app.id, 'warm'), cold: () => launchOnce(hub, app.id, 'cold'), docker: () => runOnce(hub.dockerHost, image, port) };
  const names = /** @type {(keyof typeof measure)[]} */ (Object.keys(measure));
  /** @type {{ warm: number[], cold: number[], docker: number[] }} */
  const times = { warm: [], cold: [], docker: [] };
  // The first of each loads what the later ones find loaded.
  for (const name of names) {
    await measure[name]();
    await pause(restMs);
  }
  for (let pair = 0; pair < pairs; pair++) {
    note(`${app.name}: ${pair + 1} of ${pairs}`);
    for (let at = 0; at < names.length; at++) {
      const name = names[(at + pair) % names.length] ?? 'warm';
      times[name].push(await measure[name]());
      await pause(restMs);
    }
  }
  return { app: app.name, image, ...times };
}
