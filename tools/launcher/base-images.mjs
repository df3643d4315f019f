import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { busybox } from '../../docker/base-images/busybox.mjs';
import { nodeSlim } from '../../docker/base-images/node-20-slim.mjs';
import { run, which } from './commands.mjs';
import { call } from './engine-api.mjs';
import { tarStream } from './tar.mjs';

const recipes = [busybox, nodeSlim];
/** An engine without a way to the registry often retries for long; a reachable one sends its first byte well within this. */
const silenceMs = 5000;

/** @typedef {{ reference: string, how: 'present' | 'pulled' | 'made' | 'failed', detail?: string }} BaseImage */

/**
 * Makes sure that the images most Dockerfiles start from are there: those present stay, those that can be pulled are
 * pulled, and for the rest a stand-in is made of what this machine has.
 * @param {string} dockerHost
 * @param {(line: string) => void} [log] told of each image that was pulled, made or could not be had
 * @returns {Promise<BaseImage[]>} never rejects for one image: the hub is useful without it
 */
export async function ensureBaseImages(dockerHost, log = () => {}) {
  /** @type {BaseImage[]} */
  const results = [];
  let registryAnswers = true;
  for (const recipe of recipes) {
    const result = await ensure(dockerHost, recipe, registryAnswers);
    // One failed pull tells about the registry: don't wait for a time-out per image.
    if (result.how === 'made' || result.how === 'failed') registryAnswers = false;
    if (result.how !== 'present') log(`${result.reference}: ${describe(result)}`);
    results.push(result);
  }
  return results;
}

/** @param {BaseImage} result */
function describe(result) {
  if (result.how === 'failed') return `neither pulled nor made (${result.detail}); apps that start from it will not build`;
  return result.how === 'made' ? 'no registry answers, a local stand-in was made' : 'pulled';
}

/**
 * @param {string} dockerHost
 * @param {typeof recipes[number]} recipe
 * @param {boolean} tryPull
 * @returns {Promise<BaseImage>}
 */
async function ensure(dockerHost, recipe, tryPull) {
  const { reference } = recipe;
  if (await isPresent(dockerHost, reference)) return { reference, how: 'present' };
  if (tryPull && (await pull(dockerHost, reference))) return { reference, how: 'pulled' };
  const scratch = mkdtempSync(join(tmpdir(), 'osiris-image-'));
  try {
    const { entries, config } = await recipe.files({ run, which, scratch });
    const changes = [...config, 'LABEL io.osiris.stand-in=true'].map((line) => `&changes=${encodeURIComponent(line)}`).join('');
    const [repo, tag] = reference.split(':');
    const { status, text } = await call(dockerHost, 'POST', `/images/create?fromSrc=-&repo=${repo}&tag=${tag}${changes}`, { body: tarStream(/** @type {import('./tar.mjs').TarEntry[]} */ (entries)) });
    const failure = status === 200 ? /"error":"([^"]*)/.exec(text)?.[1] : text.trim();
    return failure ? { reference, how: 'failed', detail: failure } : { reference, how: 'made' };
  } catch (error) {
    return { reference, how: 'failed', detail: error instanceof Error ? error.message : String(error) };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** @param {string} dockerHost @param {string} reference */
async function isPresent(dockerHost, reference) {
  return (await call(dockerHost, 'GET', `/images/${reference}/json`, { timeoutMs: 5000 })).status === 200;
}

/** @param {string} dockerHost @param {string} reference */
async function pull(dockerHost, reference) {
  const [name, tag] = reference.split(':');
  try {
    const { status, text } = await call(dockerHost, 'POST', `/images/create?fromImage=${name}&tag=${tag}`, { timeoutMs: silenceMs });
    return status === 200 && !text.includes('"error"');
  } catch {
    return false;
  }
}
