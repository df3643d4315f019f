import { createHash } from 'node:crypto';
import type Docker from 'dockerode';
import type { EngineConnection } from '../engine-connection';
import { engineStatus } from '../engine-errors';
import { BRIDGE_PREFIX, closeHostToBridge, type FirewallState, openHostToBridge } from './bridge-firewall';
import { SANDBOX_LABELS } from './sandbox-labels';

const ICC = 'com.docker.network.bridge.enable_icc';
const BRIDGE_NAME = 'com.docker.network.bridge.name';

export const sandboxNetworkName = (hubId: string): string => `osiris-${hubId}`;

/** Name of the network's bridge on the host: Linux takes 15 characters, so a hash stands for the hub. */
export function sandboxBridge(hubId: string): string {
  return `${BRIDGE_PREFIX}${createHash('sha256').update(hubId).digest('hex').slice(0, 10)}`;
}

export interface SandboxNetwork {
  name: string;
  bridge: string;
  firewall: FirewallState;
}

/**
 * Makes sure of the hub's network: internal (no way to the internet), no traffic between its containers, closed towards
 * the host where rights allow. Idempotent.
 * @throws DomainError ENGINE_UNAVAILABLE; Error where a network of that name exists that is not closed in this way.
 */
export async function ensureSandboxNetwork(engine: EngineConnection, hubId: string): Promise<SandboxNetwork> {
  const name = sandboxNetworkName(hubId);
  const bridge = sandboxBridge(hubId);
  await engine.call(async (docker) => {
    const found = (await inspect(docker, name)) ?? (await create(docker, hubId, name, bridge));
    if (!found.Internal || found.Options?.[ICC] !== 'false') {
      throw new Error(`The network "${name}" exists but is not an isolated one: remove it (docker network rm ${name}) or set another HUB_ID`);
    }
  });
  return { name, bridge, firewall: await closeHostToBridge(bridge) };
}

/** Removes the network and its firewall rule. The network stays while containers are on it. Idempotent. */
export async function removeSandboxNetwork(engine: EngineConnection, hubId: string): Promise<void> {
  await engine.call(async (docker) => {
    try {
      await docker.getNetwork(sandboxNetworkName(hubId)).remove();
    } catch (error) {
      if (engineStatus(error) !== 404) throw error;
    }
  });
  await openHostToBridge(sandboxBridge(hubId));
}

async function create(docker: Docker, hubId: string, name: string, bridge: string): Promise<Docker.NetworkInspectInfo> {
  try {
    await docker.createNetwork({
      Name: name,
      Driver: 'bridge',
      CheckDuplicate: true,
      Internal: true,
      EnableIPv6: false,
      Labels: { [SANDBOX_LABELS.hub]: hubId },
      Options: { [ICC]: 'false', [BRIDGE_NAME]: bridge },
    });
  } catch (error) {
    // 409: another runner of the hub was faster.
    if (engineStatus(error) !== 409) throw error;
  }
  const made = await inspect(docker, name);
  if (!made) throw new Error(`The network "${name}" was made and is not there`);
  return made;
}

async function inspect(docker: Docker, name: string): Promise<Docker.NetworkInspectInfo | undefined> {
  try {
    return (await docker.getNetwork(name).inspect()) as Docker.NetworkInspectInfo;
  } catch (error) {
    if (engineStatus(error) === 404) return undefined;
    throw error;
  }
}
