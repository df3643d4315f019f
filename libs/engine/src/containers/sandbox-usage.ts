/** What a container has used, as counters and gauges of one moment. */
export interface SandboxUsage {
  /** Without what the kernel can take back (page cache). */
  memoryBytes: number;
  /** Of all CPUs together, since its start. */
  cpuNanoseconds: number;
  /** Processes and threads. */
  pids: number;
}

/** Of the answer to `GET /containers/<id>/stats` (Engine API 1.41), what is read; of a container that does not run it is empty. */
export interface ContainerStats {
  memory_stats?: { usage?: number; stats?: { total_inactive_file?: number; inactive_file?: number } };
  cpu_stats?: { cpu_usage?: { total_usage?: number } };
  pids_stats?: { current?: number };
}

/** Undefined where the container does not run. */
export function usageOfStats({ memory_stats: memory, cpu_stats: cpu, pids_stats: pids }: ContainerStats): SandboxUsage | undefined {
  if (memory?.usage === undefined) return undefined;
  // Names of cgroup v1 and of v2 (https://docs.kernel.org/admin-guide/cgroup-v2.html, memory.stat).
  const reclaimable = memory.stats?.total_inactive_file ?? memory.stats?.inactive_file ?? 0;
  return { memoryBytes: Math.max(0, memory.usage - reclaimable), cpuNanoseconds: cpu?.cpu_usage?.total_usage ?? 0, pids: pids?.current ?? 0 };
}
