import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Complaint, step } from '../../launcher/console.mjs';
import { ask, until } from '../http-client.mjs';
import { closedLoop } from '../http-load.mjs';
import { HubProcess } from '../hub-process.mjs';
import { seenRunning } from '../launches/launches.mjs';
import { median, table } from '../report.mjs';

/** A Node server that answers a small page from memory. */
const measuredApp = 'greeting';
const rounds = 7;
const manyClients = 16;
const requestsOfMany = 8_000;
const requestsOfOne = 2_000;
/** Code is compiled for good by then. */
const warmUpRequests = 4_000;
const startLimitMs = 60_000;

/** @typedef {'direct' | 'bare' | 'hub'} Way */
/** @typedef {{ perSecond: Record<Way, number[]>, p50: Record<Way, number[]> }} ProxyTimes `p50`: milliseconds at one connection */

/**
 * What the preview proxy costs: requests a second, and milliseconds at one connection, beside a bare node:http proxy before
 * the same app, and beside the app itself.
 * @param {string} folder
 * @param {(hub: HubProcess) => void} made
 * @returns {Promise<ProxyTimes>}
 */
export async function measureProxy(folder, made) {
  const home = join(folder, 'proxy-hub');
  mkdirSync(home);
  const hub = await HubProcess.at(home);
  made(hub);
  await step('hub', () => hub.start());
  const apps = await step('demo apps', (note) => hub.demoApps(note));
  await step('first looks at the apps', () => seenRunning(hub, apps));
  const app = apps.find(({ slug }) => slug.split('/').at(-1).startsWith(measuredApp));
  if (!app) throw new Complaint(`no demo app ${measuredApp}`);
  const { launch, address, cookie } = await step('launch', () => launched(hub, app.id));
  const bare = spawn(process.execPath, [fileURLToPath(new URL('bare-proxy.mjs', import.meta.url)), address.host, String(address.port)], { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    const [line] = await once(bare.stdout, 'data');
    const headers = `Cookie: ${cookie}\r\n`;
    /** @type {Record<Way, { port: number, as: { address?: string, host?: string, headers: string } }>} */
    const ways = {
      direct: { port: address.port, as: { address: address.host, headers } },
      bare: { port: Number(String(line)), as: { headers } },
      hub: { port: hub.port, as: { host: `${launch}.preview.localhost:${hub.port}`, headers } },
    };
    return await step('requests', (note) => compare(ways, note));
  } finally {
    bare.kill('SIGKILL');
    await hub.stop();
  }
}

/**
 * @param {Record<Way, { port: number, as: object }>} ways
 * @param {(note: string) => void} note
 * @returns {Promise<ProxyTimes>}
 */
async function compare(ways, note) {
  const names = /** @type {Way[]} */ (Object.keys(ways));
  const none = () => /** @type {Record<Way, number[]>} */ (Object.fromEntries(names.map((name) => [name, []])));
  const times = { perSecond: none(), p50: none() };
  const load = (/** @type {Way} */ name, /** @type {number} */ clients, /** @type {number} */ requests) => closedLoop(ways[name].port, ['/'], { clients, requests, as: ways[name].as });
  for (const name of names) await load(name, manyClients, warmUpRequests);
  for (let round = 0; round < rounds; round++) {
    note(`round ${round + 1} of ${rounds}`);
    // In turns first, so that all meet the same machine.
    const order = names.map((_name, at) => names[(at + round) % names.length] ?? 'hub');
    for (const name of order) times.perSecond[name].push((await load(name, manyClients, requestsOfMany)).perSecond);
    for (const name of order) times.p50[name].push(median((await load(name, 1, requestsOfOne)).times));
  }
  return times;
}

/** @param {HubProcess} hub @param {string} appId */
async function launched(hub, appId) {
  const { id } = await hub.json('/launches', { method: 'POST', body: { appId } });
  const { previewUrl } = await until(
    async () => {
      const launch = await hub.json(`/launches/${id}`);
      if (launch.status === 'failed') throw new Error(`the launch failed: ${JSON.stringify(launch.error)}`);
      return launch.previewUrl ? launch : undefined;
    },
    { what: 'the launch', limitMs: startLimitMs },
  );
  const { host, pathname, search } = new URL(previewUrl);
  const entry = await ask(hub.port, pathname + search, { headers: { host } });
  const cookie = entry.headers['set-cookie']?.[0]?.split(';')[0] ?? '';
  return { launch: id, cookie, address: await addressOf(hub, id) };
}

/** Where its container is: as the engine tells. @param {HubProcess} hub @param {string} launchId @returns {Promise<{ host: string, port: number }>} */
async function addressOf(hub, launchId) {
  const { call } = await import('../../launcher/engine-api.mjs');
  const { text } = await call(hub.dockerHost, 'GET', `/containers/osiris-${launchId}/json`);
  const { NetworkSettings, Config } = JSON.parse(text);
  const [network] = Object.values(NetworkSettings.Networks);
  const port = Number.parseInt(Object.keys(Config.ExposedPorts ?? {})[0] ?? '8080', 10);
  return { host: /** @type {any} */ (network).IPAddress, port };
}

/** @param {ProxyTimes} times */
export function proxyTable({ perSecond, p50 }) {
  const ms = (/** @type {number} */ value) => `${value.toFixed(2)} ms`;
  const rate = { direct: median(perSecond.direct), bare: median(perSecond.bare), hub: median(perSecond.hub) };
  const time = { direct: median(p50.direct), bare: median(p50.bare), hub: median(p50.hub) };
  return table([
    ['preview proxy', 'the app itself', 'bare node:http proxy', 'hub', 'hub / bare'],
    [`requests/s, ${manyClients} connections`, rate.direct.toFixed(0), rate.bare.toFixed(0), rate.hub.toFixed(0), (rate.hub / rate.bare).toFixed(2)],
    ['p50 at one connection', ms(time.direct), ms(time.bare), ms(time.hub), `+${ms(time.hub - time.direct)} over the app`],
  ]);
}
