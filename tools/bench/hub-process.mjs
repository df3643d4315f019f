import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { freeBlock } from '../launcher/ports.mjs';
import { homePaths, root } from '../launcher/paths.mjs';
import { run, tail } from '../launcher/commands.mjs';
import { isSame, residentBytes } from '../launcher/liveness.mjs';
import { runningHub } from '../launcher/run-file.mjs';
import { machineEnv, portOffsets, services } from '../launcher/services.mjs';
import { ask, until } from './http-client.mjs';

/** @typedef {{ demo?: boolean, env?: Record<string, string> }} HubOptions `demo`: whether it builds the demo apps; `env`: settings other than the defaults */

/** A hub with its defaults, as a person starts it, on free ports and a home of its own. */
export class HubProcess {
  /** @type {import('node:child_process').ChildProcess | undefined} */
  child;

  /** @param {string} home @param {number} port @param {HubOptions} [options] */
  constructor(home, port, { demo = true, env = {} } = {}) {
    this.paths = homePaths({ OSIRIS_HOME: home });
    this.port = port;
    this.log = join(home, 'launcher-output.txt');
    const { DOCKER_HOST, OSIRIS_ENGINE, OSIRIS_ENGINE_STORAGE, npm_lifecycle_event, npm_execpath } = process.env;
    /** @type {NodeJS.ProcessEnv} */
    this.env = { ...machineEnv(process.env), OSIRIS_HOME: home, PORT: String(port), CI: '1', ...env };
    if (!demo) this.env.OSIRIS_DEMO = 'off';
    for (const [name, value] of Object.entries({ DOCKER_HOST, OSIRIS_ENGINE, OSIRIS_ENGINE_STORAGE, npm_lifecycle_event, npm_execpath })) if (value) this.env[name] = value;
  }

  /** @param {string} home @param {HubOptions} [options] */
  static async at(home, options) {
    return new HubProcess(home, await freeBlock(portOffsets), options);
  }

  /** @returns {Promise<number>} seconds from the launcher's start until the hub is ready */
  async start() {
    const began = performance.now();
    const output = openSync(this.log, 'w');
    const child = spawn(process.execPath, [join(root, 'tools/start.mjs')], { cwd: root, env: this.env, stdio: ['ignore', output, output] });
    closeSync(output);
    this.child = child;
    await until(
      async () => {
        if (child.exitCode !== null) throw new Error(`the hub did not start:\n${tail(readFileSync(this.log, 'utf8'))}`);
        return runningHub(this.paths)?.state === 'ready' || undefined;
      },
      { what: 'the hub to be ready', limitMs: 10 * 60_000 },
    );
    return (performance.now() - began) / 1000;
  }

  /** @returns {string} where its containers run */
  get dockerHost() {
    return runningHub(this.paths)?.dockerHost ?? '';
  }

  /** @param {string} path @param {{ method?: string, body?: object }} [options] */
  async json(path, options) {
    const answer = await ask(this.port, path, options);
    if (answer.status >= 400) throw new Error(`${options?.method ?? 'GET'} ${path}: ${answer.status} ${answer.text.slice(0, 300)}`);
    return /** @type {any} */ (answer.text === '' ? undefined : JSON.parse(answer.text));
  }

  /** Waits until each demo app has been built. @param {(note: string) => void} note @returns {Promise<any[]>} the apps */
  demoApps(note) {
    return until(
      async () => {
        const list = await this.json('/apps?limit=50');
        const apps = await Promise.all(list.items.map((/** @type {{ id: string }} */ { id }) => this.json(`/apps/${id}`)));
        const failed = apps.find((app) => app.latestBuild?.status === 'failed' || app.ingestStatus === 'failed');
        if (failed) throw new Error(`${failed.name}: ${JSON.stringify(failed.ingestError ?? failed.latestBuild.error)}`);
        const built = apps.filter((app) => app.latestBuild?.status === 'succeeded');
        note(`${built.length} built`);
        return readFileSync(this.log, 'utf8').includes(`${built.length} of ${apps.length} built after`) && built.length > 0 ? built : undefined;
      },
      { what: 'the demo apps to be built', limitMs: 10 * 60_000, everyMs: 1000 },
    );
  }

  /** @returns {Record<string, number>} resident bytes of each service now */
  memory() {
    const processes = runningHub(this.paths)?.processes ?? {};
    return Object.fromEntries(
      services.map(({ name }) => {
        const mark = processes[name];
        if (!mark || !isSame(mark)) throw new Error(`${name} does not run`);
        return [name, residentBytes(mark.pid) ?? 0];
      }),
    );
  }

  async stop() {
    const { child } = this;
    this.child = undefined;
    if (!child || child.exitCode !== null) return;
    const gone = new Promise((done) => child.once('exit', done));
    child.kill('SIGTERM');
    await gone;
  }

  /** Removes all that it made: files, and images on an engine that others use too. */
  async remove() {
    await this.stop();
    await run(process.execPath, [join(root, 'tools/reset.mjs'), '--yes'], { cwd: root, env: this.env });
  }
}
