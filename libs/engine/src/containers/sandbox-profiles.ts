import type { LaunchProfile } from '@osiris/contracts';

const MIB = 1024 * 1024;

export interface SandboxLimits {
  /** Bytes of memory, swap included; /tmp counts towards it. */
  memoryBytes: number;
  /** Whole or part CPUs. */
  cpus: number;
  /** Processes and threads. */
  pids: number;
  /** Size of the /tmp file system in memory. */
  tmpBytes: number;
}

/**
 * What a launch may use. No profile has less than one CPU: a quota below it throttles exactly the burst that an app
 * starts with, and would double the time to its first answer.
 */
export const SANDBOX_PROFILES: Readonly<Record<LaunchProfile, SandboxLimits>> = {
  small: { memoryBytes: 512 * MIB, cpus: 1, pids: 128, tmpBytes: 64 * MIB },
  medium: { memoryBytes: 1024 * MIB, cpus: 1.5, pids: 256, tmpBytes: 128 * MIB },
  large: { memoryBytes: 2048 * MIB, cpus: 2, pids: 512, tmpBytes: 256 * MIB },
};

/** How many small launches take as much memory as one with this limit, in bytes. */
export const placesOf = (memoryBytes: number): number => Math.max(1, Math.ceil(memoryBytes / SANDBOX_PROFILES.small.memoryBytes));
