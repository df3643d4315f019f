import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './free-port';

/** A real nats-server with JetStream in a folder of its own. */
export interface TestNats {
  url: string;
  port: number;
  /** SIGKILL, as a crash; the folder stays. */
  kill(): Promise<void>;
  /** Starts again on the same port, with what its folder holds. */
  restart(): Promise<void>;
  /** Kills it, empties its folder and starts it again: everything in NATS is lost. */
  restartEmpty(): Promise<void>;
  stop(): Promise<void>;
}

async function listening(port: number, child: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt++) {
    if (child.exitCode !== null) throw new Error(`nats-server ended with ${child.exitCode}`);
    const open = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => resolve(true));
      socket.once('connect', () => socket.destroy()).once('error', () => resolve(false));
    });
    if (open) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error('nats-server does not listen');
}

export async function startNats(): Promise<TestNats> {
  const port = await freePort();
  const folder = await mkdtemp(join(tmpdir(), 'osiris-nats-'));
  let child: ChildProcess;
  const run = async (): Promise<void> => {
    child = spawn('nats-server', ['-a', '127.0.0.1', '-p', String(port), '-js', '-sd', folder], { stdio: 'ignore' });
    await listening(port, child);
  };
  const kill = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  };
  await run();
  return {
    url: `nats://127.0.0.1:${port}`,
    port,
    kill,
    restart: run,
    restartEmpty: async () => {
      await kill();
      await rm(folder, { recursive: true, force: true });
      await run();
    },
    stop: async () => {
      await kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
