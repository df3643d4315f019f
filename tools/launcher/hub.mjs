import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as pause } from 'node:timers/promises';
import { ensureBaseImages } from './base-images.mjs';
import { build, entryPoint } from './build.mjs';
import { Complaint, say, step, warn } from './console.mjs';
import { answers } from './engine-api.mjs';
import { planEngine } from './engine.mjs';
import { hubId, signingKeys } from './identity.mjs';
import { LogFile } from './log-file.mjs';
import { shortLine } from './log-lines.mjs';
import { natsAnswers, planNats } from './nats.mjs';
import { root } from './paths.mjs';
import { isFree } from './ports.mjs';
import { readiness } from './readiness.mjs';
import { updateRun } from './run-file.mjs';
import { machineEnv, nodeFlags, portOffsets, serviceEnv, services } from './services.mjs';
import { Supervised } from './supervised.mjs';

const startLimitMs = 60_000;
/** From the first SIGTERM until what is left is killed: services, then servers. */
const stopLimitMs = 10_000;

/** An address of this machine at which something listening on `host` is reached. @param {string} host */
function localHost(host) {
  return host === '0.0.0.0' || host === '::' || host === 'localhost' ? '127.0.0.1' : host;
}

/** One hub: its servers, its services, and the order in which they start and stop. */
export class Hub {
  /** @type {Map<string, Supervised>} */
  processes = new Map();
  /** @type {import('./engine.mjs').EnginePlan | undefined} */
  engine;
  stopping = false;

  /**
   * @param {{ paths: import('./paths.mjs').HomePaths, env: NodeJS.ProcessEnv, verbose: boolean }} options
   */
  constructor({ paths, env, verbose }) {
    this.paths = paths;
    this.verbose = verbose;
    this.host = env.HOST || '127.0.0.1';
    this.port = Number(env.PORT || 4000);
    /** @type {NodeJS.ProcessEnv} */
    this.env = { ...env, HOST: this.host, PORT: String(this.port), OSIRIS_HOME: paths.home };
  }

  get url() {
    const name = ['127.0.0.1', '0.0.0.0', '::', '::1'].includes(this.host) ? 'localhost' : this.host;
    return `http://${name}:${this.port}`;
  }

  /** How the launcher itself reaches the gateway. */
  get localUrl() {
    return `http://${localHost(this.host)}:${this.port}`;
  }

  /** Names a port that is taken before anything is started. */
  async checkPorts() {
    for (const service of services) {
      const port = this.port + service.portOffset;
      if (!(await isFree(port, service.name === 'gateway' ? this.host : '127.0.0.1'))) {
        throw new Complaint(`port ${port} (${service.name}) is in use: end what listens there, or set PORT to another (the services take PORT+${portOffsets.filter(Boolean).join(', PORT+')})`);
      }
    }
  }

  /** Builds, starts the servers and then the services. @returns {Promise<void>} when all of them answer */
  async start() {
    mkdirSync(this.paths.logs, { recursive: true });
    this.env.HUB_ID = hubId(this.paths);
    this.env.SIGNING_KEYS ||= signingKeys(this.paths);
    this.env.GIT_ALLOWED_ROOTS = [this.env.GIT_ALLOWED_ROOTS, this.paths.demo].filter(Boolean).join(',');
    mkdirSync(this.paths.demo, { recursive: true });
    await Promise.all([step('build (what has not changed comes from the cache)', () => build()), this.startNats(), this.startEngine()]);
    if (this.stopping) return;
    await this.startServices();
    updateRun(this.paths, { state: 'ready' });
  }

  async startNats() {
    if (this.env.NATS_URL) return;
    const nats = await planNats(this.paths);
    this.env.NATS_URL = nats.url;
    await step('nats-server', () => this.launch({ name: 'nats', command: nats.command, args: nats.args, env: machineEnv(this.env), leash: 'stdin', isReady: () => natsAnswers(nats.port) }));
  }

  async startEngine() {
    const plan = await planEngine(this.env, this.paths, this.env.HUB_ID ?? '');
    this.engine = plan;
    this.env.DOCKER_HOST = plan.host;
    updateRun(this.paths, { hubId: this.env.HUB_ID, dockerHost: plan.host });
    if (plan.kind === 'none') {
      warn(`no container engine (${plan.reason}): apps are fetched and searched, but nothing is built or launched until one answers`);
      this.launchJanitor(plan.host); // one may appear, and have containers of this hub when it stops
      return;
    }
    if (plan.kind === 'own') {
      this.env.ENGINE_OWNED = 'true';
      if (plan.buildsCgroup) this.env.BUILD_MEMORY_CGROUP = plan.buildsCgroup;
      const started = await step('container engine', () => this.launch({ name: 'engine', command: plan.command, args: plan.args, env: machineEnv(this.env), leash: 'stdin', isReady: () => answers(plan.host) }));
      if (!started) return;
    } else {
      this.launchJanitor(plan.host);
    }
    await step('base images', () => ensureBaseImages(plan.host, say)).catch((error) => warn(`base images: ${error.message}`));
  }

  /** Takes this hub's containers off an engine that others use too, also where the launcher itself is killed. @param {string} dockerHost */
  launchJanitor(dockerHost) {
    const spec = { cleanup: { dockerHost, hubId: this.env.HUB_ID, afterMs: 1500 } };
    void this.launch({ name: 'janitor', command: process.execPath, args: [fileURLToPath(new URL('guard.mjs', import.meta.url)), JSON.stringify(spec)], env: machineEnv(this.env), leash: 'stdin', isReady: async () => true });
  }

  async startServices() {
    await step('services', async (note) => {
      const started = Date.now();
      for (const service of services) this.launchService(service);
      const waiting = () => services.filter(({ name }) => !this.processes.get(name)?.ready);
      while (waiting().length > 0 && !this.stopping) {
        const names = waiting().map(({ name }) => name);
        note(`waiting for ${names.join(', ')}`);
        const refused = names.find((name) => this.processes.get(name)?.exitCode === 78);
        if (refused) throw new Complaint(`${refused} refuses its configuration: ${this.processes.get(refused)?.lastErrors.join(' ')}`, 78);
        if (Date.now() - started > startLimitMs) throw new Complaint(await this.whyNot(names));
        await pause(50);
      }
    });
  }

  /** @param {string[]} names */
  async whyNot(names) {
    const reasons = await Promise.all(
      names.map(async (name) => {
        const service = services.find((candidate) => candidate.name === name);
        const state = await readiness(this.port + (service?.portOffset ?? 0));
        return `  ${name}: ${state.detail || this.processes.get(name)?.lastErrors.at(-1) || 'no answer'} (log: ${join(this.paths.logs, `${name}.log`)})`;
      }),
    );
    return `not ready after ${startLimitMs / 1000} s:\n${reasons.join('\n')}`;
  }

  /** @param {import('./services.mjs').ServiceSpec} service */
  launchService(service) {
    const port = this.port + service.portOffset;
    const host = service.name === 'gateway' ? localHost(this.host) : '127.0.0.1';
    void this.launch({
      name: service.name,
      command: process.execPath,
      args: [...nodeFlags(service), entryPoint(service.name)],
      env: serviceEnv(service, this.env),
      leash: 'ipc',
      isReady: async () => (await readiness(port, host)).ready,
    });
  }

  /**
   * Starts one process under supervision.
   * @param {Pick<import('./supervised.mjs').SupervisedSpec, 'name' | 'command' | 'args' | 'env' | 'leash' | 'isReady'>} spec
   * @returns {Promise<boolean>} whether it became ready within the time limit; a service's caller looks itself
   */
  async launch(spec) {
    if (this.stopping) return false;
    const log = new LogFile(join(this.paths.logs, `${spec.name}.log`));
    const isServer = spec.leash === 'stdin';
    const supervised = new Supervised({
      ...spec,
      cwd: root,
      onLine: (line, fromStderr) => {
        log.write(line);
        // Servers write their whole log to stderr; what matters of it is said when they die.
        const short = shortLine(spec.name, line, { verbose: this.verbose, fromStderr: fromStderr && !isServer });
        if (short) say(short);
      },
      say: (text) => {
        log.write(text);
        warn(text);
      },
      onChange: () => this.recordProcesses(),
    });
    this.processes.set(spec.name, supervised);
    supervised.start();
    if (!isServer) return true;
    const until = Date.now() + startLimitMs;
    while (!supervised.ready && !this.stopping && Date.now() < until) {
      // A server that keeps dying at its start will not come: say why and go on without waiting out the limit.
      if (supervised.failures >= 4) break;
      await pause(20);
    }
    if (supervised.ready || this.stopping) return supervised.ready;
    const why = supervised.lastErrors.slice(-3).join(' ');
    if (spec.name === 'nats') throw new Complaint(`nats-server does not start: ${why}`);
    warn(`${spec.name} does not start yet: ${why}`);
    return false;
  }

  recordProcesses() {
    const marks = [...this.processes].flatMap(([name, { mark }]) => (mark ? [[name, mark]] : []));
    updateRun(this.paths, { processes: Object.fromEntries(marks) });
  }

  /** Stops everything in order and waits at most ten seconds; what is left then is killed. */
  async stop() {
    this.stopping = true;
    const until = Date.now() + stopLimitMs;
    const group = async (/** @type {string[]} */ names) => {
      const graceMs = Math.max(500, until - Date.now() - 2500);
      await Promise.all(names.map((name) => this.processes.get(name)?.stop(graceMs)));
    };
    await group(['gateway']);
    await group(['ingestion', 'build', 'runner']);
    await group(['catalog', 'artifact']);
    await Promise.all([group(['nats']), this.processes.get('engine')?.stop(Math.max(4000, until - Date.now())), this.processes.get('janitor')?.stop(Math.max(4000, until - Date.now()))]);
  }

  /** Kills the services at once; the guards end their servers by themselves as soon as the launcher is gone. */
  kill() {
    for (const { child, spec } of this.processes.values()) if (spec.leash === 'ipc') child?.kill('SIGKILL');
  }
}
