import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { run } from './commands.mjs';

/**
 * Ends the containers that outlived their engine (it was killed, and live-restore let them run on) and removes its
 * folder under /run.
 * @param {string} runFolder
 * @param {string} dataRoot where their root file systems are mounted
 */
export async function endLeftovers(runFolder, dataRoot) {
  const shims = shimsOf(join(runFolder, 'exec'));
  for (const pid of containerProcesses(join(runFolder, 'exec/runtime-runc/moby'))) kill(pid);
  if (shims.length > 0) await pause(200); // a shim reaps its container's processes and then ends by itself
  for (const pid of shims) kill(pid);
  await unmountUnder(runFolder);
  await unmountUnder(dataRoot);
  rmSync(runFolder, { recursive: true, force: true });
}

/**
 * Unmounts what is mounted at a folder or below it: a dockerd mounts its data folder on itself, and with live-restore
 * leaves it so. A folder with a mount can't be removed.
 * @param {string} folder
 * @param {string[]} [before] `sudo`, where it is needed
 */
export async function unmountUnder(folder, before = []) {
  if (!existsSync('/proc/self/mounts')) return;
  const mounts = readFileSync('/proc/self/mounts', 'utf8').split('\n').map((line) => line.split(' ')[1] ?? '');
  for (const mount of mounts.filter((path) => path === folder || path.startsWith(`${folder}/`)).reverse()) {
    const [command = '', ...args] = [...before, 'umount', '-l', mount];
    await run(command, args);
  }
}

/** @param {number} pid */
function kill(pid) {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // ended meanwhile
  }
}

/** The first process of each container, as runc recorded it: ending it ends all of its container. @param {string} folder */
function containerProcesses(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder).flatMap((id) => {
    try {
      const { init_process_pid: pid } = JSON.parse(readFileSync(join(folder, id, 'state.json'), 'utf8'));
      // The number may be another process's by now: the container's own is in a cgroup of its id.
      return readFileSync(`/proc/${pid}/cgroup`, 'utf8').includes(id) ? [Number(pid)] : [];
    } catch {
      return [];
    }
  });
}

/** containerd's shims of this engine, told by the socket they were given. @param {string} execRoot */
function shimsOf(execRoot) {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
        return (words[0] ?? '').includes('containerd-shim') && words.includes(join(execRoot, 'containerd/containerd.sock'));
      } catch {
        return false;
      }
    })
    .map(Number);
}
