import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SandboxUsage } from '@osiris/engine';

const MOUNT = '/sys/fs/cgroup';

/** Files of a container's control groups, by what they tell. */
export interface CgroupFiles {
  version: 1 | 2;
  memory: string;
  memoryStat: string;
  cpu: string;
  pids: string;
}

/**
 * Where the figures of a container are, from the text of `/proc/<pid>/cgroup` of its init (cgroups(7): `id:controllers:path`
 * for version 1, `0::path` for version 2). Null where the process is not the container's, or the groups are not where they
 * usually are. A group below the container's own, made by what runs in it, is left out: the whole counts.
 */
export function cgroupFiles(procCgroup: string, containerId: string, mount = MOUNT): CgroupFiles | null {
  const paths = new Map<string, string>();
  for (const line of procCgroup.split('\n')) {
    const [, id = '', controllers = '', path = ''] = /^(\d+):([^:]*):(.*)$/.exec(line) ?? [];
    const own = upTo(path, containerId);
    if (own === null) continue;
    if (id === '0' && controllers === '') paths.set('unified', own);
    else for (const controller of controllers.split(',')) paths.set(controller, own);
  }
  const [memory, cpu, pids] = [paths.get('memory'), paths.get('cpuacct'), paths.get('pids')];
  if (memory !== undefined && cpu !== undefined && pids !== undefined) {
    return {
      version: 1,
      memory: join(mount, 'memory', memory, 'memory.usage_in_bytes'),
      memoryStat: join(mount, 'memory', memory, 'memory.stat'),
      cpu: join(mount, 'cpuacct', cpu, 'cpuacct.usage'),
      pids: join(mount, 'pids', pids, 'pids.current'),
    };
  }
  const unified = paths.get('unified');
  if (unified === undefined) return null;
  const group = join(mount, unified);
  return { version: 2, memory: join(group, 'memory.current'), memoryStat: join(group, 'memory.stat'), cpu: join(group, 'cpu.stat'), pids: join(group, 'pids.current') };
}

/** Formats: docs.kernel.org/admin-guide/cgroup-v2.html; cgroup-v1/memory.html and cpuacct.html. Null where one cannot be read. */
export async function cgroupUsage(files: CgroupFiles): Promise<SandboxUsage | null> {
  try {
    const [memory, stat, cpu, pids] = await Promise.all([files.memory, files.memoryStat, files.cpu, files.pids].map((file) => readFile(file, 'utf8')));
    return usageOf(files.version, { memory: memory ?? '', stat: stat ?? '', cpu: cpu ?? '', pids: pids ?? '' });
  } catch {
    return null;
  }
}

/** Null where a number is missing. */
export function usageOf(version: 1 | 2, texts: { memory: string; stat: string; cpu: string; pids: string }): SandboxUsage | null {
  const used = Number.parseInt(texts.memory, 10);
  const reclaimable = field(texts.stat, version === 1 ? 'total_inactive_file' : 'inactive_file') ?? 0;
  const cpu = version === 1 ? Number.parseInt(texts.cpu, 10) : (field(texts.cpu, 'usage_usec') ?? Number.NaN) * 1_000;
  const pids = Number.parseInt(texts.pids, 10);
  if (![used, cpu, pids].every(Number.isFinite)) return null;
  return { memoryBytes: Math.max(0, used - reclaimable), cpuNanoseconds: cpu, pids };
}

function field(text: string, name: string): number | undefined {
  const value = new RegExp(`^${name} (\\d+)$`, 'm').exec(text)?.[1];
  return value === undefined ? undefined : Number(value);
}

/** `/docker/<id>/inner` → `/docker/<id>`; null where it does not name the container, or leads upwards. */
function upTo(path: string, containerId: string): string | null {
  const parts = path.split('/');
  const at = parts.findIndex((part) => part.includes(containerId));
  return at < 0 || parts.includes('..') ? null : parts.slice(0, at + 1).join('/');
}
