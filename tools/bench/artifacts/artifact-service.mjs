import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, createReadStream, openSync, readFileSync } from 'node:fs';
import { request } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { tail } from '../../launcher/commands.mjs';
import { residentBytes } from '../../launcher/liveness.mjs';
import { root } from '../../launcher/paths.mjs';
import { nodeFlags } from '../../launcher/services.mjs';

const built = createRequire(import.meta.url);
const readyMs = 30_000;
const sampleMs = 20;
const owner = { appId: 'app_0123456789' };

/** The artifact service as the launcher starts it, with a NATS of its own, and a client that speaks to it as workers do. */
export class ArtifactService {
  /** Most that the process held, in bytes, since `forget`. */
  peakBytes = 0;

  /** @param {string} home @param {NodeJS.ProcessEnv} [settings] such as those of an S3; without them objects lie in a folder */
  static async start(home, settings = {}) {
    const { startNats, freePort } = built(join(root, 'libs/testing/dist/index.js'));
    const { connect } = built('nats');
    const service = new ArtifactService();
    service.nats = await startNats();
    service.port = await freePort();
    service.log = `${home}-output.txt`;
    service.output = openSync(service.log, 'w');
    const env = { PATH: process.env.PATH, HOME: home, NATS_URL: service.nats.url, PORT: String(service.port - 104), HUB_ID: 'bench', OSIRIS_HOME: home, SIGNING_KEYS: 'k'.repeat(32), ...settings };
    const main = join(root, 'apps/artifact/dist/main.js');
    service.child = spawn(process.execPath, [...nodeFlags({ name: 'artifact' }), main], { cwd: root, env, stdio: ['ignore', service.output, service.output] });
    service.ended = once(service.child, 'exit');
    try {
      await service.#ready();
      service.connection = await connect({ servers: service.nats.url });
    } catch (error) {
      await service.stop();
      throw error;
    }
    service.sampling = setInterval(() => (service.peakBytes = Math.max(service.peakBytes, residentBytes(service.child.pid) ?? 0)), sampleMs);
    return service;
  }

  async #ready() {
    for (const until = Date.now() + readyMs; Date.now() < until; await pause(100)) {
      if (this.child.exitCode !== null) break;
      const answer = await fetch(`http://127.0.0.1:${this.port}/readyz`).catch(() => undefined);
      if (answer?.ok) return;
    }
    throw new Error(`the artifact service did not become ready:\n${tail(readFileSync(this.log, 'utf8'))}`);
  }

  /** Counts the peak from what it holds now. @returns {number} that, in bytes */
  forget() {
    this.peakBytes = residentBytes(this.child.pid) ?? 0;
    return this.peakBytes;
  }

  /** Asks for a URL and puts the file there. @param {string} path @param {number} bytes @returns {Promise<string>} its key */
  async put(path, bytes) {
    const { artifactUploadSign } = built('@osiris/contracts');
    const { id, uploadUrl } = await this.#ask(artifactUploadSign.subject, { kind: 'build-log', owner, contentType: 'application/octet-stream' });
    const sent = request(uploadUrl, { method: 'PUT', headers: { 'content-length': bytes } });
    const answered = once(sent, 'response');
    await pipeline(createReadStream(path), sent);
    const [response] = await answered;
    let text = '';
    for await (const chunk of response) text += chunk;
    const stored = JSON.parse(text);
    if (response.statusCode !== 200 || stored.bytes !== bytes) throw new Error(`the upload was answered ${response.statusCode}: ${text}`);
    return `artifacts/${owner.appId}/${id}`;
  }

  /** Asks for a URL and reads what is there. @param {string} objectKey @returns {Promise<number>} bytes */
  async get(objectKey) {
    const { artifactDownloadSign } = built('@osiris/contracts');
    const { url } = await this.#ask(artifactDownloadSign.subject, { objectKey, contentType: 'application/octet-stream' });
    const sent = request(new URL(url, `http://127.0.0.1:${this.port}`)).end();
    const [response] = await once(sent, 'response');
    if (response.statusCode !== 200) throw new Error(`the download was answered ${response.statusCode}`);
    return drained(response);
  }

  /** As the kit's Requests do it. @param {string} subject @param {object} data */
  async #ask(subject, data) {
    const packet = Buffer.from(JSON.stringify({ pattern: subject, data, id: 'bench' }));
    const { response } = JSON.parse(Buffer.from((await this.connection.request(subject, packet, { timeout: 10_000 })).data).toString());
    if (!response?.ok) throw new Error(`${subject}: ${JSON.stringify(response)}`);
    return response.value;
  }

  async stop() {
    clearInterval(this.sampling);
    await this.connection?.close();
    this.child.kill('SIGTERM');
    await this.ended;
    closeSync(this.output);
    await this.nats.stop();
  }
}

/** Reads a stream to its end and keeps nothing. @param {import('node:stream').Readable} stream @returns {Promise<number>} bytes */
export async function drained(stream) {
  let bytes = 0;
  await pipeline(stream, new Writable({ write: (chunk, _, done) => ((bytes += chunk.length), done()) }));
  return bytes;
}
