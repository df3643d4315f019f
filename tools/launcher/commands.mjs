import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** @type {Set<import('node:child_process').ChildProcess>} */
const underWay = new Set();

/**
 * @typedef {{ code: number | null, signal: NodeJS.Signals | null, output: string }} CommandResult
 */

/**
 * Runs a command to its end and keeps what it printed (the last 256 KiB).
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, inherit?: boolean, timeoutMs?: number, onLine?: (line: string) => void }} [options]
 * @returns {Promise<CommandResult>} also for a command that fails or does not exist (code 127)
 */
export function run(command, args, options = {}) {
  return new Promise((done) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: options.env ?? process.env,
      stdio: options.inherit ? ['ignore', 'inherit', 'inherit'] : ['ignore', 'pipe', 'pipe'],
    });
    underWay.add(child);
    const timer = options.timeoutMs ? setTimeout(() => child.kill('SIGKILL'), options.timeoutMs) : undefined;
    let output = '';
    let rest = '';
    const take = (/** @type {Buffer} */ chunk) => {
      output = (output + chunk).slice(-262_144);
      if (!options.onLine) return;
      const lines = (rest + chunk).split(/\r?\n/);
      rest = lines.pop() ?? '';
      for (const line of lines) options.onLine(line);
    };
    child.stdout?.on('data', take);
    child.stderr?.on('data', take);
    const finish = (/** @type {CommandResult} */ result) => {
      clearTimeout(timer);
      underWay.delete(child);
      done(result);
    };
    child.on('error', (error) => finish({ code: 127, signal: null, output: error.message }));
    child.on('close', (code, signal) => finish({ code, signal, output }));
  });
}

/** Ends the commands that are under way: the launcher was told to stop. */
export function endCommands() {
  for (const child of underWay) child.kill('SIGTERM');
}

/**
 * @param {string} name
 * @returns {string | undefined} the program's full path; also looks where Debian puts servers that are not on a user's PATH
 */
export function which(name) {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/local/sbin', '/usr/sbin', '/sbin'];
  for (const folder of folders) {
    if (!folder) continue;
    const path = join(folder, name);
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      // not here: the next folder
    }
  }
  return undefined;
}

/** The last lines of an output, for an error message. @param {string} output @param {number} [lines] */
export function tail(output, lines = 15) {
  return output.trimEnd().split('\n').slice(-lines).join('\n');
}
