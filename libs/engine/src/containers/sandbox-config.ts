import type { LaunchProfile } from '@osiris/contracts';
import type { ContainerCreateOptions } from 'dockerode';
import { SANDBOX_LABELS, sandboxName, type SandboxRole } from './sandbox-labels';
import { SANDBOX_PROFILES, type SandboxLimits } from './sandbox-profiles';

/** A sandbox's container, as the runner asks for it. */
export interface SandboxSpec {
  hubId: string;
  role: SandboxRole;
  /** Of the launch, or of the verification run. */
  id: string;
  appId: string;
  buildId: string;
  attempt: number;
  /** ISO 8601. */
  expiresAt: string;
  image: string;
  /** Secret: goes into the container's environment and nowhere else. */
  env: Readonly<Record<string, string>>;
  profile: LaunchProfile;
  /** Name of the hub's internal network. */
  network: string;
  /** Nothing can be written but to /tmp, /run and /dev/shm, which are memory of its own. */
  readOnlyRoot: boolean;
  /** CPUs of the engine's machine: a larger quota is refused by the engine. */
  engineCpus: number;
  /** Of a seat: what it is good for. */
  seatFor?: string;
}

/**
 * What is left of root inside a sandbox. Usual images (nginx, httpd, everything that starts with gosu or su-exec) begin
 * as root, hand folders to their own user and become it: CHOWN, DAC_OVERRIDE, SETGID, SETUID. None reaches beyond the
 * container's own files and processes. NET_BIND_SERVICE is not needed: ports below 1024 are opened to every user of the
 * sandbox's own network namespace by a sysctl. NET_RAW is not among them, so no sandbox spoofs a neighbour's address.
 */
export const SANDBOX_CAPABILITIES = ['CHOWN', 'DAC_OVERRIDE', 'SETGID', 'SETUID'] as const;

/** Documentation address (RFC 5737) that routes nowhere: a sandbox's look-ups end there, and never leave through the engine. */
const DNS_TO_NOWHERE = '192.0.2.1';

const NANO = 1e9;
const RUN_BYTES = 16 * 1024 * 1024;

/**
 * Usual servers leave their process id and sockets in /run. What an image itself ships there would be hidden, so it is memory
 * only where the root cannot be written to; such an image does not come up then, and is given a root that can.
 */
function tmpfs({ tmpBytes }: SandboxLimits, readOnlyRoot: boolean): Record<string, string> {
  const tmp = `rw,nosuid,nodev,exec,mode=1777,size=${tmpBytes}`;
  return readOnlyRoot ? { '/tmp': tmp, '/run': `rw,nosuid,nodev,noexec,mode=0755,size=${RUN_BYTES}` } : { '/tmp': tmp };
}

/** The engine's create request for a sandbox: the whole of its hardening, in one place. */
export function sandboxConfig(spec: SandboxSpec): ContainerCreateOptions {
  const limits = SANDBOX_PROFILES[spec.profile];
  return {
    name: sandboxName(spec.id),
    Image: spec.image,
    Env: Object.entries(spec.env).map(([name, value]) => `${name}=${value}`),
    Labels: {
      [SANDBOX_LABELS.hub]: spec.hubId,
      [SANDBOX_LABELS[spec.role]]: spec.id,
      [SANDBOX_LABELS.app]: spec.appId,
      [SANDBOX_LABELS.build]: spec.buildId,
      [SANDBOX_LABELS.attempt]: String(spec.attempt),
      [SANDBOX_LABELS.expires]: spec.expiresAt,
      ...(spec.seatFor === undefined ? {} : { [SANDBOX_LABELS.seatFor]: spec.seatFor }),
    },
    // The runner judges health by the app's own answers; an image's HEALTHCHECK would only spend the sandbox's CPU.
    Healthcheck: { Test: ['NONE'] },
    Tty: false,
    OpenStdin: false,
    StopTimeout: 5,
    HostConfig: {
      NetworkMode: spec.network,
      Dns: [DNS_TO_NOWHERE],
      // Look-ups cannot succeed, so let them fail in a second instead of the resolver's ten.
      DnsOptions: ['timeout:1', 'attempts:1'],
      CapDrop: ['ALL'],
      CapAdd: [...SANDBOX_CAPABILITIES],
      // Without `seccomp=` here the engine's default profile applies.
      SecurityOpt: ['no-new-privileges:true'],
      Privileged: false,
      PublishAllPorts: false,
      IpcMode: 'private',
      Sysctls: { 'net.ipv4.ip_unprivileged_port_start': '0' },
      Memory: limits.memoryBytes,
      // Equal to Memory: no swap, so that an app out of memory dies instead of crawling and dragging the host along.
      MemorySwap: limits.memoryBytes,
      NanoCpus: Math.round(Math.min(limits.cpus, Math.max(spec.engineCpus, 0.01)) * NANO),
      PidsLimit: limits.pids,
      // When the host itself runs short, previews go before the hub and its engine.
      OomScoreAdj: 500,
      Ulimits: [
        { Name: 'nofile', Soft: 16_384, Hard: 16_384 },
        // A core dump is written by the host's core_pattern, outside of the sandbox.
        { Name: 'core', Soft: 0, Hard: 0 },
      ],
      // exec: apps unpack native modules there, and the writable root below would run them anyway.
      ReadonlyRootfs: spec.readOnlyRoot,
      Tmpfs: tmpfs(limits, spec.readOnlyRoot),
      Init: true,
      AutoRemove: false,
      RestartPolicy: { Name: 'no' },
      LogConfig: { Type: 'json-file', Config: { 'max-size': '32m', 'max-file': '2' } },
    },
  };
}
