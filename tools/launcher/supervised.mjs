import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { markOf, isSame } from './liveness.mjs';

/** Between a death and the next start: doubled from the first to the last, and back to the first after a healthy while. */
export const backoff = { firstMs: 200, lastMs: 10_000, healthyMs: 30_000 };

/** @param {number} failures how many deaths in a row, from 1 */
export function delayAfter(failures) {
  return Math.min(backoff.lastMs, backoff.firstMs * 2 ** (failures - 1));
}

/** A service that ends with this (EX_CONFIG of sysexits.h) was given a wrong setting: starting it again can't help. */
export const badConfiguration = 78;

/**
 * @typedef {object} SupervisedSpec
 * @property {string} name
 * @property {string} command
 * @property {string[]} args
 * @property {NodeJS.ProcessEnv} env
 * @property {string} [cwd]
 * @property {'ipc' | 'stdin'} leash what closes when the launcher dies, and thereby ends the child
 * @property {() => Promise<boolean>} isReady
 * @property {(line: string, fromStderr: boolean) => void} onLine
 * @property {(text: string) => void} say told of deaths and restarts
 * @property {() => void} [onChange] the process was replaced
 */

/** A child process that is started again when it dies, until it is told to stop. */
export class Supervised {
  /** @type {import('node:child_process').ChildProcess | undefined} */
  child;
  /** @type {import('./liveness.mjs').ProcessMark | undefined} */
  mark;
  ready = false;
  stopping = false;
  /** Stopped for good: a `replace` that is under way must not start it again. */
  retired = false;
  failures = 0;
  startedAt = 0;
  /** @type {string[]} */
  lastErrors = [];

  /** @param {SupervisedSpec} spec */
  constructor(spec) {
    this.spec = spec;
    this.name = spec.name;
  }

  start() {
    const { command, args, env, cwd, leash } = this.spec;
    this.ready = false;
    this.startedAt = Date.now();
    this.child = spawn(command, args, {
      cwd,
      env,
      // Sessions of their own: Ctrl-C on the terminal reaches the launcher alone, which stops things in order.
      detached: true,
      stdio: leash === 'ipc' ? ['ignore', 'pipe', 'pipe', 'ipc'] : ['pipe', 'pipe', 'pipe'],
    });
    const child = this.child;
    if (child.pid) this.mark = markOf(child.pid);
    child.stdin?.on('error', () => {});
    for (const fromStderr of [false, true]) {
      const stream = fromStderr ? child.stderr : child.stdout;
      if (stream) createInterface({ input: stream }).on('line', (line) => this.take(line, fromStderr));
    }
    child.on('error', (error) => this.take(error.message, true));
    this.exited = new Promise((done) => {
      // Not 'close': a server whose guard was killed holds the pipes open and would hide the guard's death.
      child.once('exit', (code, signal) => setTimeout(done, 50, { code, signal }));
      child.once('error', () => done({ code: 127, signal: null }));
    });
    void this.exited.then((end) => this.died(/** @type {{ code: number | null, signal: string | null }} */ (end)));
    this.spec.onChange?.();
    void this.watch(child);
  }

  /** @param {string} line @param {boolean} fromStderr */
  take(line, fromStderr) {
    if (fromStderr) this.lastErrors = [...this.lastErrors.slice(-9), line];
    this.spec.onLine(line, fromStderr);
  }

  /** Marks the process ready once it answers. @param {import('node:child_process').ChildProcess} child */
  async watch(child) {
    while (this.child === child && child.exitCode === null && !child.signalCode && !this.stopping) {
      if (await this.spec.isReady()) {
        if (this.child !== child) return;
        this.ready = true;
        if (this.failures > 0) this.spec.say(`${this.name} is back`);
        return;
      }
      await pause(50);
    }
  }

  /** @param {{ code: number | null, signal: string | null }} end */
  async died({ code, signal }) {
    this.ready = false;
    if (this.stopping) return;
    this.failures = Date.now() - this.startedAt > backoff.healthyMs ? 1 : this.failures + 1;
    this.exitCode = code;
    const how = signal ? `was ended by ${signal}` : `ended with exit code ${code}`;
    if (code === badConfiguration) {
      this.spec.say(`${this.name} refuses its configuration: ${this.lastErrors.join(' ')}`);
      return;
    }
    const delay = delayAfter(this.failures);
    this.spec.say(`${this.name} ${how}; starting it again in ${delay / 1000} s`);
    await pause(delay);
    if (!this.stopping) this.start();
  }

  /** Ends the process for good. @param {number} graceMs before SIGKILL */
  stop(graceMs) {
    this.retired = true;
    return this.end(graceMs);
  }

  /** @param {number} graceMs */
  async end(graceMs) {
    this.stopping = true;
    const { child, mark } = this;
    if (!child || !mark || child.exitCode !== null || child.signalCode) return;
    // A guard's sign to end is its closed input: a launcher without root could not signal one that runs under sudo.
    if (this.spec.leash === 'stdin') child.stdin?.end('stop\n');
    else child.kill('SIGTERM');
    const limit = new AbortController();
    await Promise.race([this.exited, pause(graceMs, undefined, { signal: limit.signal }).catch(() => undefined)]);
    limit.abort();
    if (isSame(mark)) {
      child.kill('SIGKILL');
      await Promise.race([this.exited, pause(1000)]);
    }
  }

  /** Starts it anew at once: what it runs has changed. */
  async replace() {
    await this.end(5000);
    if (this.retired) return;
    this.stopping = false;
    this.failures = 0;
    this.start();
  }
}
