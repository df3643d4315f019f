import { randomBytes } from 'node:crypto';
import { createReadStream, mkdirSync } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { build } from '../../launcher/build.mjs';
import { step } from '../../launcher/console.mjs';
import { root } from '../../launcher/paths.mjs';
import { median, table } from '../report.mjs';
import { ArtifactService, drained } from './artifact-service.mjs';

const built = createRequire(import.meta.url);
export const objectBytes = 200e6;
const bucket = 'osiris-bench';
/** Wanted by the issue that ordered artifacts; a machine under load is not held to it. */
const wanted = { ratio: 0.7 };

/**
 * @typedef {{ service: number[], alone: number[] }} Pairs seconds of one object, in the order in which they were measured
 * @typedef {{ put: Pairs, get: Pairs, idleBytes: number, peakBytes: number }} StoreResults
 * `alone`: the minio client against the same S3, or a plain copy of a file. `peakBytes`: most that the service held.
 * @typedef {{ bytes: number, s3: StoreResults, folder: StoreResults }} ArtifactResults
 */

/**
 * How fast 200 MB go into the store and out again through the artifact service, beside the minio client alone against the
 * same radosgw, and beside plain files for a store that is a folder.
 * @param {string} folder for what is made; the caller removes it
 * @param {number} pairs
 * @returns {Promise<ArtifactResults>}
 */
export async function measureArtifacts(folder, pairs = 5) {
  await step('build', () => build(['artifact', 'testing']));
  const source = join(folder, 'object');
  await write(source);
  const s3 = await step('200 MB through the artifact service, and by the minio client alone', () => measureS3(join(folder, 's3'), source, pairs));
  const files = await step('200 MB through the artifact service into a folder, and copied', () => measureFolder(join(folder, 'folder'), source, pairs));
  return { bytes: objectBytes, s3, folder: files };
}

/** @param {string} home @param {string} source @param {number} pairs */
async function measureS3(home, source, pairs) {
  const { startS3 } = built(join(root, 'libs/testing/dist/index.js'));
  const { Client } = built('minio');
  const server = await startS3();
  try {
    const { hostname, port } = new URL(server.endpoint);
    const client = new Client({ endPoint: hostname, port: Number(port), useSSL: false, accessKey: server.accessKey, secretKey: server.secretKey, region: server.region });
    const settings = { S3_ENDPOINT: server.endpoint, S3_BUCKET: bucket, S3_ACCESS_KEY: server.accessKey, S3_SECRET_KEY: server.secretKey, S3_REGION: server.region };
    const service = await ArtifactService.start(home, settings);
    try {
      return await comparePairs(service, source, pairs, {
        put: () => client.putObject(bucket, 'alone', createReadStream(source), objectBytes),
        get: async () => drained(await client.getObject(bucket, 'alone')),
        // Both removed: the server keeps its objects in memory.
        remove: (key) => client.removeObjects(bucket, [key, 'alone']),
      });
    } finally {
      await service.stop();
    }
  } finally {
    await server.stop();
  }
}

/** @param {string} home @param {string} source @param {number} pairs */
async function measureFolder(home, source, pairs) {
  mkdirSync(home);
  const service = await ArtifactService.start(home);
  const copy = join(home, 'copy');
  try {
    return await comparePairs(service, source, pairs, {
      put: async () => {
        const file = await open(copy, 'w');
        await pipeline(createReadStream(source), file.createWriteStream({ flush: true }));
      },
      get: () => drained(createReadStream(copy)),
      remove: async (key) => void (await Promise.all([rm(copy), rm(join(home, 'objects', key))])),
    });
  } finally {
    await service.stop();
  }
}

/**
 * @param {ArtifactService} service @param {string} source @param {number} pairs
 * @param {{ put: () => Promise<unknown>, get: () => Promise<number>, remove: (key: string) => Promise<unknown> }} alone
 * @returns {Promise<StoreResults>}
 */
async function comparePairs(service, source, pairs, alone) {
  /** @type {{ put: Pairs, get: Pairs }} */
  const results = { put: { service: [], alone: [] }, get: { service: [], alone: [] } };
  const idleBytes = service.forget();
  // The first of each warms up what is compiled and connected, and is not counted.
  for (let pair = 0; pair <= pairs; pair++) {
    let key = '';
    const times = { putAlone: 0, putService: 0, getAlone: 0, getService: 0 };
    const puts = [
      async () => void (times.putAlone = await seconds(alone.put)),
      async () => void (times.putService = await seconds(async () => (key = await service.put(source, objectBytes)))),
    ];
    const gets = [
      async () => void (times.getAlone = await seconds(async () => whole(await alone.get()))),
      async () => void (times.getService = await seconds(async () => whole(await service.get(key)))),
    ];
    // Each goes first as often as the other.
    for (const sides of [puts, gets]) for (const side of pair % 2 === 0 ? sides : sides.reverse()) await side();
    await alone.remove(key);
    if (pair === 0) continue;
    results.put.alone.push(times.putAlone);
    results.put.service.push(times.putService);
    results.get.alone.push(times.getAlone);
    results.get.service.push(times.getService);
  }
  return { ...results, idleBytes, peakBytes: service.peakBytes };
}

/** @param {() => Promise<unknown>} work */
async function seconds(work) {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
}

/** @param {number} bytes */
function whole(bytes) {
  if (bytes !== objectBytes) throw new Error(`${bytes} bytes came instead of ${objectBytes}`);
}

/** Bytes that nothing on the way can compress. @param {string} path */
async function write(path) {
  const file = await open(path, 'w');
  for (let written = 0; written < objectBytes; written += 1e6) await file.write(randomBytes(1e6));
  await file.close();
}

/** @param {ArtifactResults} results */
export function artifactTable({ bytes, s3, folder }) {
  const speed = (/** @type {number} */ taken) => bytes / 1e6 / taken;
  const speeds = (/** @type {number[]} */ taken) => `${Math.min(...taken.map(speed)).toFixed(0)}–${Math.max(...taken.map(speed)).toFixed(0)} MB/s`;
  const rows = (/** @type {string} */ what, /** @type {Pairs} */ { service, alone }, /** @type {string} */ beside, /** @type {string} */ most) => {
    const ratios = service.map((taken, index) => (alone[index] ?? NaN) / taken);
    return [
      [`${what}: artifact service`, `${speed(median(service)).toFixed(0)} MB/s`, '', speeds(service)],
      [`${what}: ${beside}`, `${speed(median(alone)).toFixed(0)} MB/s`, '', speeds(alone)],
      [`${what}: ratio`, median(ratios).toFixed(2), most, ratios.map((ratio) => ratio.toFixed(2)).join(', ')],
    ];
  };
  const held = (/** @type {StoreResults} */ { idleBytes, peakBytes }) => [`${(peakBytes / 1e6).toFixed(0)} MB`, '', `${(idleBytes / 1e6).toFixed(0)} MB before`];
  return table([
    ['200 MB', 'median', 'wanted', 'detail'],
    ...rows('put, S3', s3.put, 'the minio client alone', `≥ ${wanted.ratio}`),
    ...rows('get, S3', s3.get, 'the minio client alone', `≥ ${wanted.ratio}`),
    ['most that the service held, S3', ...held(s3)],
    ...rows('put, folder', folder.put, 'a copy, synced', ''),
    ...rows('get, folder', folder.get, 'reading the file', ''),
    ['most that the service held, folder', ...held(folder)],
  ]);
}
