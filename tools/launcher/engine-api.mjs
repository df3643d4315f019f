import { request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { removeInputRules } from './engine-network.mjs';

/**
 * The few calls of the engine's HTTP API that the launcher needs before the dependencies (dockerode) are there.
 * @param {string} dockerHost `unix:///path`, `tcp://host:port` or `http://host:port`
 */
function address(dockerHost) {
  if (dockerHost.startsWith('unix://')) return { socketPath: dockerHost.slice('unix://'.length) };
  const url = new URL(dockerHost.replace(/^tcp:/, 'http:'));
  return { host: url.hostname, port: Number(url.port || 2375) };
}

/**
 * @param {string} dockerHost
 * @param {string} method
 * @param {string} path
 * @param {{ body?: import('node:stream').Readable | Buffer | object, timeoutMs?: number }} [options] `timeoutMs` without a byte from the engine ends the call
 * @returns {Promise<{ status: number, text: string }>} rejects where no engine answers
 */
export function call(dockerHost, method, path, options = {}) {
  return new Promise((done, failed) => {
    const { body } = options;
    const raw = body instanceof Buffer || (body && 'pipe' in body);
    const outgoing = request(
      { ...address(dockerHost), method, path, headers: body ? { 'content-type': raw ? 'application/x-tar' : 'application/json' } : {} },
      (incoming) => {
        /** @type {Buffer[]} */
        const chunks = [];
        incoming.on('data', (chunk) => chunks.push(chunk));
        incoming.on('end', () => done({ status: incoming.statusCode ?? 0, text: Buffer.concat(chunks).toString() }));
        incoming.on('error', failed);
      },
    );
    outgoing.on('error', failed);
    if (options.timeoutMs) outgoing.setTimeout(options.timeoutMs, () => outgoing.destroy(new Error(`no answer in ${options.timeoutMs} ms`)));
    if (raw && 'pipe' in body) body.on('error', (/** @type {Error} */ error) => outgoing.destroy(error)).pipe(outgoing);
    else outgoing.end(body ? (raw ? body : JSON.stringify(body)) : undefined);
  });
}

/** Whether an engine answers there. @param {string} dockerHost */
export async function answers(dockerHost, timeoutMs = 2000) {
  try {
    return (await call(dockerHost, 'GET', '/_ping', { timeoutMs })).status === 200;
  } catch {
    return false;
  }
}

/** @param {string} dockerHost @param {number} limitMs @param {() => boolean} [goOn] */
export async function waitForEngine(dockerHost, limitMs, goOn = () => true) {
  const until = Date.now() + limitMs;
  while (Date.now() < until && goOn()) {
    if (await answers(dockerHost)) return true;
    await pause(100);
  }
  return false;
}

/** @param {string} dockerHost @param {string} path */
async function list(dockerHost, path) {
  const { status, text } = await call(dockerHost, 'GET', path, { timeoutMs: 10_000 });
  if (status !== 200) throw new Error(`${path}: ${text}`);
  return /** @type {Record<string, unknown>[]} */ (JSON.parse(text));
}

/** @param {string} hubId */
const ofHub = (hubId) => `filters=${encodeURIComponent(JSON.stringify({ label: [`io.osiris.hub=${hubId}`] }))}`;

/**
 * What one hub has on an engine.
 * @param {string} dockerHost
 * @param {string} hubId
 */
export async function listOfHub(dockerHost, hubId) {
  const [containers, networks, images] = await Promise.all([
    list(dockerHost, `/containers/json?all=1&${ofHub(hubId)}`),
    list(dockerHost, `/networks?${ofHub(hubId)}`),
    list(dockerHost, `/images/json?${ofHub(hubId)}`),
  ]);
  return {
    containers: containers.map((container) => ({ id: String(container.Id), name: String(/** @type {string[]} */ (container.Names)?.[0] ?? container.Id).replace(/^\//, '') })),
    networks: networks.map((network) => ({
      id: String(network.Id),
      name: String(network.Name),
      bridge: /** @type {Record<string, string> | null} */ (network.Options)?.['com.docker.network.bridge.name'],
    })),
    images: images.map((image) => ({ id: String(image.Id), name: String(/** @type {string[] | null} */ (image.RepoTags)?.[0] ?? image.Id) })),
  };
}

/** How long what is in use may take to come free: a removal that someone else began, an endpoint of a container just gone. */
const settleLimitMs = 6000;

/**
 * Removes a hub's containers and networks, and its images where `images` is set.
 * @param {string} dockerHost
 * @param {string} hubId
 * @param {{ images?: boolean }} [options]
 * @throws where something of it is still there after six seconds
 */
export async function removeOfHub(dockerHost, hubId, options = {}) {
  for (const until = Date.now() + settleLimitMs; ; await pause(200)) {
    try {
      await removeOnce(dockerHost, await listOfHub(dockerHost, hubId), options);
      return;
    } catch (error) {
      if (Date.now() > until || !(error instanceof InUse)) throw error;
    }
  }
}

/** The engine answered 403 or 409: not now. */
class InUse extends Error {}

/**
 * @param {string} dockerHost
 * @param {Awaited<ReturnType<typeof listOfHub>>} found
 * @param {{ images?: boolean }} options
 */
async function removeOnce(dockerHost, found, options) {
  const remove = async (/** @type {string} */ path) => {
    const { status, text } = await call(dockerHost, 'DELETE', path, { timeoutMs: 30_000 });
    if (status === 403 || status === 409) throw new InUse(`${path}: ${text.trim()}`);
    if (status >= 400 && status !== 404) throw new Error(`${path}: ${text.trim()}`);
  };
  await Promise.all(found.containers.map(({ id }) => remove(`/containers/${id}?force=1&v=1`)));
  for (const { id, bridge } of found.networks) {
    await remove(`/networks/${id}`);
    // The runner's rule that keeps sandboxes from this host's services; without root there is none.
    if (bridge) await removeInputRules(bridge);
  }
  // One at a time: images share layers, and the engine answers 409 to some of a crowd.
  if (options.images) for (const { id } of found.images) await remove(`/images/${id}?force=1`);
}
