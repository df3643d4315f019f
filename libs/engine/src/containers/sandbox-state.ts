import type { ContainerInfo, ContainerInspectInfo } from 'dockerode';
import { SANDBOX_LABELS, type SandboxRole } from './sandbox-labels';
import { launchNamed, readyPortOf } from './seat-names';

/** What its labels, and of a seat that was handed to a launch its name, say a container is. */
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
  /** It counts as running, and answers nobody. */
  paused: boolean;
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

/** A seat: a container that waits for a launch. */
export interface SeatState {
  seatId: string;
  containerId: string;
  appId: string;
  buildId: string;
  /** What it is good for. */
  seatFor: string;
  /** Where it has answered; null while it is being made. */
  port: number | null;
  /** On the hub's network; null unless it is started. */
  address: string | null;
  paused: boolean;
  /** Milliseconds since 1970, by the engine's clock. */
  madeAt: number;
}

/** The engine writes names with a leading "/". */
const plainName = (name: string | undefined): string => (name ?? '').replace(/^\//, '');

/** Undefined: none of a hub's sandboxes. */
export function roleOf(labels: Record<string, string>, name: string): SandboxRole | undefined {
  if (labels[SANDBOX_LABELS.seat] !== undefined) return launchNamed(name) === undefined ? 'seat' : 'launch';
  if (labels[SANDBOX_LABELS.launch] !== undefined) return 'launch';
  return labels[SANDBOX_LABELS.verification] === undefined ? undefined : 'verification';
}

/** Of a container in the engine's list. */
export const listedRole = ({ Labels, Names }: ContainerInfo): SandboxRole | undefined => roleOf(Labels, plainName(Names[0]));

function identity(containerId: string, labels: Record<string, string>, name: string): SandboxIdentity {
  return {
    containerId,
    launchId: labels[SANDBOX_LABELS.launch] ?? launchNamed(name) ?? '',
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
  return { ...identity(info.Id, info.Labels, plainName(info.Names[0])), phase: phaseOf(info.State), paused: info.State === 'paused' };
}

export function seatOf(info: ContainerInfo, network: string): SeatState {
  return {
    seatId: info.Labels[SANDBOX_LABELS.seat] ?? '',
    containerId: info.Id,
    appId: info.Labels[SANDBOX_LABELS.app] ?? '',
    buildId: info.Labels[SANDBOX_LABELS.build] ?? '',
    seatFor: info.Labels[SANDBOX_LABELS.seatFor] ?? '',
    port: readyPortOf(plainName(info.Names[0])),
    address: info.NetworkSettings.Networks[network]?.IPAddress || null,
    paused: info.State === 'paused',
    madeAt: info.Created * 1_000,
  };
}

export function stateOf(info: ContainerInspectInfo, network: string): SandboxState {
  const phase = phaseOf(info.State.Status);
  const address = info.NetworkSettings.Networks[network]?.IPAddress;
  return {
    ...identity(info.Id, info.Config.Labels, plainName(info.Name)),
    phase,
    paused: info.State.Paused,
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
