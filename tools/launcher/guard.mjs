/**
 * Runs one server (nats-server) and ends it when its own standard input closes, which also happens when the launcher is
 * killed: nothing that the launcher started outlives it. With `cleanup` it then takes the hub's containers off an engine
 * that isn't the hub's own. Either part may be absent.
 */
import { spawn } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { writeFileSync } from 'node:fs';
import { removeOfHub } from './engine-api.mjs';
import { endLeftover } from './leftover.mjs';

/** @type {{ command?: string, args?: string[], pidFile?: string, cleanup?: { dockerHost: string, hubId: string, afterMs: number } }} */
const spec = JSON.parse(process.argv[2] ?? '{}');

if (spec.command && spec.pidFile) await endLeftover(spec.pidFile, spec.command);

// `detached`: Ctrl-C on the terminal must reach the launcher alone, which stops things in order.
const child = spec.command ? spawn(spec.command, spec.args ?? [], { stdio: ['ignore', 'inherit', 'inherit'], detached: true }) : undefined;
if (child?.pid && spec.pidFile) writeFileSync(spec.pidFile, String(child.pid));
let stopping = false;

async function stop() {
  if (stopping) return;
  stopping = true;
  if (child) {
    child.kill('SIGTERM');
    setTimeout(() => child.kill('SIGKILL'), 8000).unref();
  }
  if (spec.cleanup) {
    // Where the launcher was killed, the services that lost it too are still ending; a runner could yet start a container.
    if (!inOrder) await pause(spec.cleanup.afterMs);
    await removeOfHub(spec.cleanup.dockerHost, spec.cleanup.hubId).catch((error) => console.error(`containers of this hub may be left: ${error.message}`));
  }
  if (!child || child.exitCode !== null || child.signalCode) process.exit(0);
}

child?.on('error', (error) => {
  console.error(`cannot start ${spec.command}: ${error.message}`);
  process.exit(127);
});
child?.on('exit', (code, signal) => {
  if (stopping) process.exit(0);
  // Tell the launcher what ended the server itself: die the same way.
  if (signal) process.kill(process.pid, signal);
  else process.exit(code ?? 1);
});

let inOrder = false;
process.stdin.on('data', () => (inOrder = true));
process.stdin.on('end', stop);
process.stdin.on('error', stop);
for (const signal of /** @type {const} */ (['SIGTERM', 'SIGINT', 'SIGHUP'])) {
  process.on(signal, () => {
    if (!stopping) void stop();
  });
}
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
