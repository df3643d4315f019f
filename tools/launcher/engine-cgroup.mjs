import { existsSync, mkdirSync, readdirSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where the system keeps its control groups of memory: version 2 has one tree, version 1 one for each resource. */
const mounts = { two: '/sys/fs/cgroup', one: '/sys/fs/cgroup/memory' };

/**
 * The control group above all that an engine of the hub's own runs. Undefined under systemd: there groups are made by
 * it alone, as slices, and not by writing files.
 * @param {string} short names the hub's folder
 */
export function cgroupParent(short) {
  return existsSync('/run/systemd/system') ? undefined : `/osiris-${short}`;
}

/** Whether this machine has one tree of control groups. */
const isTwo = () => existsSync(join(mounts.two, 'cgroup.controllers'));

/**
 * The folder of the group that all builds of an engine run in: what it counts tells whether memory ran out.
 * @param {string} parent of the engine (`--cgroup-parent`)
 */
export function buildsCgroup(parent) {
  return join(isTwo() ? mounts.two : mounts.one, parent, 'buildkit');
}

/**
 * Limits the memory of all builds of an engine together: BuildKit takes no limit with a build, but runs each under
 * `<parent>/buildkit`.
 * @param {string} parent of the engine (`--cgroup-parent`)
 * @param {number} bytes
 * @throws where this machine does not let the group be made or limited
 */
export function limitBuilds(parent, bytes) {
  const folder = buildsCgroup(parent);
  mkdirSync(folder, { recursive: true });
  if (!isTwo()) {
    writeFileSync(join(folder, 'memory.limit_in_bytes'), String(bytes));
    return;
  }
  // Each level hands the memory controller on to the next.
  for (const level of [mounts.two, join(mounts.two, parent)]) writeFileSync(join(level, 'cgroup.subtree_control'), '+memory');
  writeFileSync(join(folder, 'memory.max'), String(bytes));
}

/** Removes the groups once nothing runs in them any more. @param {string} parent */
export function removeCgroups(parent) {
  const trees = isTwo() ? [mounts.two] : readdirSync(mounts.two).map((name) => join(mounts.two, name));
  for (const tree of trees) removeTree(join(tree, parent));
}

/** Not `rmSync`: a control group's files cannot be unlinked, they go with its folder. @param {string} folder */
function removeTree(folder) {
  if (!existsSync(folder)) return;
  for (const entry of readdirSync(folder, { withFileTypes: true })) if (entry.isDirectory()) removeTree(join(folder, entry.name));
  try {
    rmdirSync(folder);
  } catch {
    // something still runs in it: an empty group costs nothing, and the next stop removes it
  }
}
