/**
 * Runs an engine of the hub's own, as root (the launcher starts this with sudo where it is not root itself), and ends it
 * when its standard input closes: that also happens when the launcher is killed, so no engine outlives it.
 */
import { spawn } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { call, removeOfHub, waitForEngine } from './engine-api.mjs';
import { cgroupParent, limitBuilds, removeCgroups } from './engine-cgroup.mjs';
import { endLeftovers } from './engine-leftovers.mjs';
import { endLeftover } from './leftover.mjs';
import { clearNetwork, planNetwork, raiseBridge, takenRanges } from './engine-network.mjs';

/** @type {{ short: string, hubId: string, dataRoot: string, runFolder: string, group: string, storageDriver: string, dockerd: string, buildMemoryBytes: number }} */
const spec = JSON.parse(process.argv[2] ?? '{}');
const host = `unix://${join(spec.runFolder, 'docker.sock')}`;
const systemPath = `${process.env.PATH ?? ''}:/usr/local/sbin:/usr/sbin:/sbin:/usr/local/bin:/usr/bin:/bin`;

function ownChains() {
  const folder = join(spec.runFolder, 'bin');
  mkdirSync(folder, { recursive: true });
  copyFileSync(join(dirname(fileURLToPath(import.meta.url)), 'iptables-own-chains.sh'), join(folder, 'iptables'));
  chmodSync(join(folder, 'iptables'), 0o755);
  symlinkSync('iptables', join(folder, 'ip6tables'));
  return folder;
}

/** @param {string} parent */
function limitMemoryOfBuilds(parent) {
  try {
    limitBuilds(parent, spec.buildMemoryBytes);
  } catch (error) {
    // Not worth running without an engine: builds were unlimited before, and the limit of time still holds.
    console.error(`builds run without a limit of memory: ${error instanceof Error ? error.message : error}`);
  }
}

/** The plan is kept: networks that the engine already has lie in its range. */
async function networkPlan() {
  const path = join(spec.dataRoot, 'osiris-network.json');
  if (existsSync(path)) return /** @type {ReturnType<typeof planNetwork>} */ (JSON.parse(readFileSync(path, 'utf8')));
  const made = planNetwork(spec.short, await takenRanges());
  writeFileSync(path, JSON.stringify(made));
  return made;
}

rmSync(join(spec.runFolder, 'bin'), { recursive: true, force: true });
mkdirSync(spec.runFolder, { recursive: true, mode: 0o711 });
mkdirSync(spec.dataRoot, { recursive: true });
await endLeftover(join(spec.runFolder, 'docker.pid'), spec.dockerd);
// A killed dockerd takes its containerd along a moment later; a new one that still sees it would wait 15 s for it in vain.
await endLeftover(join(spec.runFolder, 'exec/containerd/containerd.pid'), 'containerd');
rmSync(join(spec.runFolder, 'exec/containerd/containerd.pid'), { force: true });
const plan = await networkPlan();
const chainsFolder = ownChains();
await raiseBridge(plan);
const cgroup = cgroupParent(spec.short);
if (cgroup) limitMemoryOfBuilds(cgroup);

const child = spawn(
  spec.dockerd,
  [
    `--host=${host}`,
    `--group=${spec.group}`,
    `--storage-driver=${spec.storageDriver}`,
    `--data-root=${spec.dataRoot}`,
    `--exec-root=${join(spec.runFolder, 'exec')}`,
    `--pidfile=${join(spec.runFolder, 'docker.pid')}`,
    `--bridge=${plan.bridge}`,
    `--default-address-pool=${plan.pool}`,
    // A dockerd that dies and is started again keeps the previews that ran under it.
    '--live-restore',
    ...(cgroup ? [`--cgroup-parent=${cgroup}`] : []),
    '--log-level=warn',
  ],
  {
    // A session of its own: Ctrl-C on the terminal must reach the launcher alone, which stops things in order.
    detached: true,
    stdio: ['ignore', 'inherit', 'inherit'],
    // More than 1 MiB of output between two reports makes the BuildKit of Docker 20.10 report nothing any more, for ever, to
    // `docker build` too: the build hangs. Its own limits (2 MiB of a step, 200 kB for each second that it has run) allow that to
    // a step that is silent for a while and then prints a lot. What this one cuts off is said in the log. In bytes.
    env: { ...process.env, BUILDKIT_STEP_LOG_MAX_SIZE: '900000', PATH: `${chainsFolder}:${systemPath}`, OSIRIS_CHAIN: plan.chain, OSIRIS_SYSTEM_PATH: systemPath },
  },
);

let stopping = false;
let dead = false;

async function stop() {
  if (stopping) return;
  stopping = true;
  // One that is just starting can't be asked yet, and ended now it would let its containers run on.
  await waitForEngine(host, 3000, () => !dead);
  await removeOfHub(host, spec.hubId).catch(() => undefined);
  // Containers of builds carry no label of ours, but the whole engine is this hub's.
  await removeEveryContainer().catch(() => undefined);
  if (!dead) child.kill('SIGTERM');
  setTimeout(() => child.kill('SIGKILL'), 8000).unref();
}

async function removeEveryContainer() {
  const { text } = await call(host, 'GET', '/containers/json?all=1', { timeoutMs: 5000 });
  await Promise.all(JSON.parse(text).map((/** @type {{ Id: string }} */ { Id }) => call(host, 'DELETE', `/containers/${Id}?force=1&v=1`, { timeoutMs: 5000 })));
}

child.on('error', (error) => {
  console.error(`cannot start ${spec.dockerd}: ${error.message}`);
  process.exit(127);
});
child.on('exit', async (code, signal) => {
  dead = true;
  if (stopping) {
    await endLeftovers(spec.runFolder, spec.dataRoot);
    await clearNetwork(plan);
    if (cgroup) removeCgroups(cgroup);
  } else {
    console.error(`dockerd ended (${signal ?? `exit ${code}`})`);
  }
  process.exit(stopping ? 0 : (code ?? 1) || 1);
});

process.stdin.resume();
process.stdin.on('end', stop);
process.stdin.on('error', stop);
for (const signal of /** @type {const} */ (['SIGTERM', 'SIGINT', 'SIGHUP'])) process.on(signal, stop);
// The launcher that read this output may be gone: that must not end the clean-up.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
