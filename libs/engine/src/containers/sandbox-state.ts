import type { ContainerInfo, ContainerInspectInfo } from 'dockerode';
import { SANDBOX_LABELS } from './sandbox-labels';

/** What the labels say a container is. */
export interface SandboxIdentity {
  containerId: string;
  launchId: string;
  appId: string;
  attempt: number;
  expiresAt: string;
}

/** `created`: made, never started. `exited` includes killed and dead ones. */
export type SandboxPhase = 'created' | 'running' | 'exited';

export interface SandboxSummary extends SandboxIdentity {
  phase: SandboxPhase;
}

export interface SandboxState extends SandboxSummary {
  /** Null until it has exited. */
  exitCode: number | null;
  outOfMemory: boolean;
  memoryBytes: number;
  /** The image's reference as it was asked for. */
  image: string;
  /** On the hub's network; null unless running. */
  address: string | null;
  /** Process id of its init on the engine's host; null unless running. */
  pid: number | null;
  /** TCP ports that the image (or its container) exposes, ascending. */
  exposedPorts: number[];
  /** The whole environment, secrets included: not for logs. */
  env: Record<string, string>;
}

function identity(containerId: string, labels: Record<string, string>): SandboxIdentity {
  return {
    containerId,
    launchId: labels[SANDBOX_LABELS.launch] ?? '',
    appId: labels[SANDBOX_LABELS.app] ?? '',
    attempt: Number(labels[SANDBOX_LABELS.attempt] ?? 1),
    expiresAt: labels[SANDBOX_LABELS.expires] ?? new Date(0).toISOString(),
  };
}

function phaseOf(status: string): SandboxPhase {
  if (status === 'created') return 'created';
  return status === 'running' || status === 'paused' || status === 'restarting' ? 'running' : 'exited';
}

export function summaryOf(info: ContainerInfo): SandboxSummary {
  return { ...identity(info.Id, info.Labels), phase: phaseOf(info.State) };
}

export function stateOf(info: ContainerInspectInfo, network: string): SandboxState {
  const phase = phaseOf(info.State.Status);
  const address = info.NetworkSettings.Networks[network]?.IPAddress;
  return {
    ...identity(info.Id, info.Config.Labels),
    phase,
    exitCode: phase === 'exited' ? info.State.ExitCode : null,
    outOfMemory: info.State.OOMKilled,
    image: info.Config.Image,
    memoryBytes: info.HostConfig.Memory ?? 0,
    address: phase === 'running' && address ? address : null,
    pid: phase === 'running' && info.State.Pid > 0 ? info.State.Pid : null,
    exposedPorts: tcpPorts(info.Config.ExposedPorts),
    env: envOf(info.Config.Env),
  };
}

/** `{"80/tcp": {}, "53/udp": {}}` → `[80]` */
export function tcpPorts(exposed: Record<string, unknown> | null | undefined): number[] {
  return Object.keys(exposed ?? {})
    .filter((key) => key.endsWith('/tcp') || !key.includes('/'))
    .map((key) => Number.parseInt(key, 10))
    .filter((port) => port > 0 && port <= 65_535)
    .sort((a, b) => a - b);
}

/** `["A=b=c"]` → `{A: "b=c"}` */
export function envOf(entries: readonly string[] | null | undefined): Record<string, string> {
  return Object.fromEntries(
    (entries ?? []).map((entry) => {
      const at = entry.indexOf('=');
      return at < 0 ? [entry, ''] : [entry.slice(0, at), entry.slice(at + 1)];
    }),
  );
}
