import type { EngineConnection } from '../engine-connection';
import { removeSandboxNetwork } from './sandbox-network';
import { Sandboxes } from './sandboxes';

/**
 * Removes everything that a hub's launches, seats and verification runs have on an engine: containers, network, firewall rule. For the stop of a hub
 * on one machine and for its reset; a runner that merely restarts leaves its containers running.
 * @returns how many containers were removed.
 */
export async function removeAllSandboxes(engine: EngineConnection, hubId: string): Promise<number> {
  const sandboxes = new Sandboxes(engine, hubId);
  const found = [...(await sandboxes.list('launch')), ...(await sandboxes.list('verification')), ...(await sandboxes.list('seat'))];
  await Promise.all(found.map(({ containerId }) => sandboxes.remove(containerId)));
  await removeSandboxNetwork(engine, hubId);
  return found.length;
}
