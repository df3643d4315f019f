import { createHash } from 'node:crypto';
import { type EngineHost, SANDBOX_PROFILES } from '@osiris/engine';

/** Part of the engine's memory that launches may fill; the rest is for the hub, builds and the machine itself. */
const SHARE_OF_MEMORY = 0.75;

/** How many small launches an engine takes (larger ones count as several, `LAUNCH_PLACES`), from its memory, unless somebody has said. At least one. */
export function capacityOf(host: EngineHost, configured: number | undefined): number {
  return configured ?? Math.max(1, Math.floor((host.memoryBytes * SHARE_OF_MEMORY) / SANDBOX_PROFILES.small.memoryBytes));
}

/** The same runner is the same over restarts: it is a hub's hand on one engine, so the two name it. */
export function runnerIdOf(engineId: string, hubId: string): string {
  return `runner-${createHash('sha256').update(`${engineId}\n${hubId}`).digest('hex').slice(0, 12)}`;
}
