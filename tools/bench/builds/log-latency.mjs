import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { get } from 'node:http';
import { WebSocket } from 'ws';
import { makeTicking } from './build-contexts.mjs';
import { registerBuilt } from './build-events.mjs';

const everyMs = 100;
const seconds = 20;
const limitMs = 5 * 60_000;
/** What the step prints: the time at which it does, in milliseconds since the epoch. The container has the clock of its clients. */
const tick = /^tick (\d{13}(?:\.\d+)?)$/;
const chromium = '/usr/bin/chromium';

/** @typedef {{ p50: number, p95: number, max: number, lines: number }} Latency in milliseconds */

/**
 * How long a line takes from a RUN's `console.log` to whoever watches the build: a page in Chromium where there is one,
 * and beside it a WebSocket client and a request of the log.
 * @param {{ hub: Pick<import('../hub-process.mjs').HubProcess, 'port' | 'json'>, repositories: string }} parts `repositories`: a folder the hub may clone from
 * @returns {Promise<Latency & { by: Record<string, Latency> }>} of the page, else of the WebSocket client; `by`: of each
 */
export async function measureLogLatency({ hub, repositories }) {
  // The first build is over before anybody can watch it from its first line on.
  const app = await registerBuilt(hub, makeTicking(repositories, { everyMs, seconds }));
  const page = await watchInChromium(hub.port, app.id);
  const socket = await watchBySocket(hub.port, app.id);
  const { id } = await hub.json(`/apps/${app.id}/builds`, { method: 'POST', body: { noCache: true } });
  try {
    const request = await readByRequest(hub.port, id);
    const by = { 'WebSocket client': await socket.ended(id), request, ...(page ? { Chromium: await page.ended(id) } : {}) };
    const summaries = Object.fromEntries(Object.entries(by).map(([name, delays]) => [name, summary(name, delays)]));
    return { .../** @type {Latency} */ (summaries['Chromium'] ?? summaries['WebSocket client']), by: summaries };
  } finally {
    socket.close();
    await page?.close();
  }
}

/** @param {string} name @param {number[]} delays @returns {Latency} */
function summary(name, delays) {
  const wanted = (seconds * 1000) / everyMs;
  if (delays.length !== wanted) throw new Error(`${name} got ${delays.length} of ${wanted} lines`);
  const sorted = delays.toSorted((one, other) => one - other);
  const at = (/** @type {number} */ part) => sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? Number.NaN;
  return { p50: at(0.5), p95: at(0.95), max: at(1), lines: sorted.length };
}

const now = () => performance.timeOrigin + performance.now();
const eventsUrl = (/** @type {number} */ port, /** @type {string} */ appId) => `ws://127.0.0.1:${port}/events?types=build.log&subject=${appId}`;

/** @param {number} port @param {string} appId */
async function watchBySocket(port, appId) {
  const socket = new WebSocket(eventsUrl(port, appId));
  /** @type {Map<string, { delays: number[], ended: boolean }>} */
  const builds = new Map();
  socket.on('message', (data) => {
    const at = now();
    const { buildId, lines, end } = JSON.parse(String(data)).data;
    const build = builds.get(buildId) ?? { delays: [], ended: false };
    builds.set(buildId, build);
    for (const { text } of lines) {
      const printed = tick.exec(text)?.[1];
      if (printed) build.delays.push(at - Number(printed));
    }
    if (end) build.ended = true;
    socket.emit('heard');
  });
  await once(socket, 'open');
  return {
    close: () => socket.terminate(),
    /** @param {string} id @returns {Promise<number[]>} */
    async ended(id) {
      for (const signal = AbortSignal.timeout(limitMs); !builds.get(id)?.ended; ) await once(socket, 'heard', { signal });
      return builds.get(id)?.delays ?? [];
    },
  };
}

/** @param {number} port @param {string} buildId @returns {Promise<number[]>} */
function readByRequest(port, buildId) {
  return new Promise((resolve, reject) => {
    get({ host: '127.0.0.1', port, path: `/builds/${buildId}/log`, signal: AbortSignal.timeout(limitMs) }, (answer) => {
      /** @type {number[]} */
      const delays = [];
      let rest = '';
      answer.setEncoding('utf8').on('data', (text) => {
        const at = now();
        const lines = (rest + text).split('\n');
        rest = lines.pop() ?? '';
        for (const line of lines) {
          const printed = tick.exec(line)?.[1];
          if (printed) delays.push(at - Number(printed));
        }
      });
      answer.on('end', () => resolve(delays)).on('error', reject);
    }).on('error', reject);
  });
}

/** A page of the hub's own origin that listens as the web app does. Undefined where this machine has no Chromium. */
async function watchInChromium(/** @type {number} */ port, /** @type {string} */ appId) {
  if (!existsSync(chromium)) return undefined;
  const { chromium: browsers } = await import('playwright-core');
  const browser = await browsers.launch({
    executablePath: chromium,
    args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-quic'],
  });
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${port}/`);
  await page.evaluate(
    ({ url, pattern }) =>
      new Promise((resolve, reject) => {
        const builds = /** @type {Record<string, { delays: number[], ended: boolean }>} */ ({});
        Object.assign(globalThis, { builds });
        const socket = new WebSocket(url);
        socket.onopen = () => resolve(undefined);
        socket.onerror = () => reject(new Error('The page cannot listen'));
        socket.onmessage = ({ data }) => {
          const at = performance.timeOrigin + performance.now();
          const { buildId, lines, end } = JSON.parse(String(data)).data;
          const build = (builds[buildId] ??= { delays: [], ended: false });
          for (const { text } of lines) {
            const printed = new RegExp(pattern).exec(text)?.[1];
            if (printed) build.delays.push(at - Number(printed));
          }
          build.ended ||= end;
        };
      }),
    { url: eventsUrl(port, appId), pattern: tick.source },
  );
  return {
    close: () => browser.close(),
    /** @param {string} id @returns {Promise<number[]>} */
    async ended(id) {
      await page.waitForFunction((buildId) => /** @type {any} */ (globalThis).builds[buildId]?.ended, id, { timeout: limitMs });
      return page.evaluate((buildId) => /** @type {any} */ (globalThis).builds[buildId].delays, id);
    },
  };
}
