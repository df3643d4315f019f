import { endCommands } from './commands.mjs';
import { Complaint, bold, complain, green, say, seconds, warn } from './console.mjs';
import { installDependencies } from './dependencies.mjs';
import { Hub } from './hub.mjs';
import { homePaths } from './paths.mjs';
import { releaseHome, takeHome } from './run-file.mjs';
import { seedFirstTime } from './seed-demos.mjs';
import { checkSettings } from './settings-to-come.mjs';
import { installMissing, systemParts } from './system-parts.mjs';

/**
 * Starts a hub and keeps it running until a signal ends it.
 * @param {NodeJS.ProcessEnv} env
 * @param {{ verbose?: boolean, onReady?: (hub: Hub) => void }} [options] `onReady`: for what goes on beside it (npm run dev)
 */
export async function runHub(env, options = {}) {
  const began = Date.now();
  const paths = homePaths(env);
  const verbose = Boolean(options.verbose) || env.LOG_LEVEL === 'debug' || env.LOG_LEVEL === 'trace';
  const hub = new Hub({ paths, env, verbose });
  if (!(Number.isInteger(hub.port) && hub.port > 0 && hub.port <= 65_400)) throw new Complaint(`PORT must be a whole number from 1 to 65400, not ${JSON.stringify(env.PORT)}`, 78);
  checkSettings(env, warn);
  await takeHome(paths, hub.url);
  const ended = stopOnSignal(hub, paths);
  try {
    await hub.checkPorts();
    await installDependencies();
    const missing = await installMissing([systemParts.git, ...(env.NATS_URL ? [] : [systemParts.nats])]);
    if (missing.some(({ part }) => part === systemParts.nats)) throw new Complaint('the hub cannot run without nats-server');
    await hub.start();
  } catch (error) {
    if (hub.stopping) return ended;
    const code = complain(error);
    await hub.stop();
    releaseHome(paths);
    process.exit(code);
  }
  if (hub.stopping) return ended;
  say(`${green('ready')} ${bold(hub.url)} after ${seconds(Date.now() - began)}`);
  options.onReady?.(hub);
  // Never in the way of "ready": the demo apps build while people already look around.
  void seedFirstTime(hub).catch((error) => warn(`demo apps: ${error.message}`));
  return ended;
}

/** A signal this soon after the first is the same one, passed on. */
const PASSED_ON_MS = 500;

/**
 * @param {Hub} hub
 * @param {import('./paths.mjs').HomePaths} paths
 * @returns {Promise<void>} never settles before the process has ended the hub and exits
 */
function stopOnSignal(hub, paths) {
  return new Promise(() => {
    let signals = 0;
    let first = 0;
    const stop = async (/** @type {NodeJS.Signals} */ signal) => {
      // Ctrl-C comes twice under npm: from the terminal and, a moment later, passed on by npm.
      if (signals > 0 && Date.now() - first < PASSED_ON_MS) return;
      if (signals === 0) first = Date.now();
      signals += 1;
      if (signals === 2) {
        hub.kill();
        releaseHome(paths);
        process.exit(130);
      }
      if (signals > 1) return;
      const began = Date.now();
      hub.stopping = true;
      say(`${signal}: stopping (again to end at once)`);
      endCommands();
      await hub.stop();
      releaseHome(paths);
      say(`stopped in ${seconds(Date.now() - began)}`);
      process.exit(0);
    };
    whenParentDies(() => void stop('SIGHUP'));
    for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(signal, () => void stop(signal));
  });
}

/**
 * npm passes signals on but may itself be killed; what it started must not go on without it. Only under npm: a launcher
 * that was started by hand (nohup, a service manager) may well outlive the shell it came from.
 * @param {() => void} stop
 */
function whenParentDies(stop) {
  if (!process.env.npm_lifecycle_event) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    stop();
  }, 500).unref();
}
