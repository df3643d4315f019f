import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { say, seconds, warn } from './console.mjs';
import { demoNames, makeDemoRepository } from './demo-repository.mjs';

const watchLimitMs = 10 * 60_000;

/**
 * On the first start of a home, unless OSIRIS_DEMO=off: the demo apps, so that the shelf isn't empty.
 * @param {import('./hub.mjs').Hub} hub
 */
export async function seedFirstTime(hub) {
  if (hub.env.OSIRIS_DEMO === 'off' || existsSync(hub.paths.seeded)) return;
  const registered = await seedDemos({ url: hub.localUrl, demoFolder: hub.paths.demo, token: writerToken(hub.env), stopped: () => hub.stopping, builds: hub.engine?.kind !== 'none' });
  if (registered) writeFileSync(hub.paths.seeded, `${new Date().toISOString()}\n`);
}

/**
 * Registers every demo app and tells of its build. Doing it again changes nothing but what has changed in the checkout.
 * @param {{ url: string, demoFolder: string, token?: string, stopped?: () => boolean, builds?: boolean }} options
 * @returns {Promise<boolean>} whether all were registered
 */
export async function seedDemos({ url, demoFolder, token, stopped = () => false, builds = true }) {
  const began = Date.now();
  mkdirSync(demoFolder, { recursive: true });
  const api = client(url, token);
  /** @type {Map<string, string>} name → app id */
  const waiting = new Map();
  const names = demoNames();
  for (const name of names) {
    const { path, changed } = await makeDemoRepository(name, demoFolder);
    if (stopped()) return false;
    const answer = await api('POST', '/apps', { repoUrl: pathToFileURL(path).href });
    if (answer.status !== 200 && answer.status !== 201) {
      warn(`demo ${name} was not registered: ${answer.body.detail ?? answer.body.title ?? `HTTP ${answer.status}`}`);
      continue;
    }
    if (answer.status === 200 && changed) await api('POST', `/apps/${answer.body.id}/retry`);
    waiting.set(name, answer.body.id);
  }
  const registered = waiting.size;
  if (registered > 0) say(`demo apps: ${registered} registered in ${seconds(Date.now() - began)}${builds ? ', building' : '; they are built once an engine answers'}`);
  if (builds) await tellOfBuilds(api, waiting, stopped, began);
  return registered === names.length;
}

/**
 * @param {ReturnType<typeof client>} api
 * @param {Map<string, string>} waiting
 * @param {() => boolean} stopped
 * @param {number} began
 */
async function tellOfBuilds(api, waiting, stopped, began) {
  const total = waiting.size;
  let built = 0;
  while (waiting.size > 0 && !stopped() && Date.now() - began < watchLimitMs) {
    for (const [name, id] of waiting) {
      const { body: app } = await api('GET', `/apps/${id}`).catch(() => ({ body: {} }));
      const build = app.latestBuild?.status;
      const failure = app.ingestStatus === 'failed' ? app.ingestError : build === 'failed' || build === 'canceled' ? app.latestBuild.error : undefined;
      if (build === 'succeeded') say(`demo ${name}: built (${++built} of ${total})`);
      else if (failure !== undefined) warn(`demo ${name}: ${failure?.message ?? build}`);
      else continue;
      waiting.delete(name);
    }
    await pause(500);
  }
  if (total > 0 && waiting.size === 0) say(`demo apps: ${built} of ${total} built after ${seconds(Date.now() - began)}`);
}

/**
 * @param {string} url
 * @param {string | undefined} token
 */
function client(url, token) {
  return async (/** @type {string} */ method, /** @type {string} */ path, /** @type {object | undefined} */ body = undefined) => {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: { ...(body ? { 'content-type': 'application/json' } : {}), ...(token ? { authorization: `Bearer ${token}` } : {}) },
      body: body ? JSON.stringify(body) : undefined,
      signal: AbortSignal.timeout(15_000),
    });
    return { status: response.status, body: /** @type {any} */ (await response.json().catch(() => ({}))) };
  };
}

/**
 * The first configured token that may write; with none configured the hub takes writes from this machine as they are.
 * @param {NodeJS.ProcessEnv} env
 */
export function writerToken(env) {
  const tokens = (env.OSIRIS_TOKENS ?? '').split(',').map((entry) => entry.trim().split(':'));
  return tokens.find(([, role]) => role === 'operator' || role === 'publisher')?.slice(2).join(':');
}
