import type { EngineConnection } from '../engine-connection';
import { engineStatus } from '../engine-errors';
import { sandboxFilter, sandboxName } from './sandbox-labels';
import { sandboxNetworkName } from './sandbox-network';
import { listedRole, seatOf, type SeatState } from './sandbox-state';
import { readySeatName } from './seat-names';

/**
 * What is done to the containers that wait for a launch; they are made and removed as any sandbox (`Sandboxes`). Where no
 * engine answers, everything here throws ENGINE_UNAVAILABLE.
 */
export class SeatContainers {
  private readonly network: string;

  constructor(
    private readonly engine: EngineConnection,
    private readonly hubId: string,
  ) {
    this.network = sandboxNetworkName(hubId);
  }

  /** Those that no launch has taken, in whatever state. */
  async list(): Promise<SeatState[]> {
    return this.engine.ask(async (docker, abortSignal) => {
      const containers = await docker.listContainers({ all: true, filters: sandboxFilter(this.hubId), abortSignal });
      return containers.filter((container) => listedRole(container) === 'seat').map((container) => seatOf(container, this.network));
    });
  }

  /** Stops its processes where they are, and notes in its name where it has answered. */
  async park(containerId: string, seatId: string, port: number): Promise<void> {
    await this.engine.call(async (docker) => {
      await docker.getContainer(containerId).pause();
      await docker.getContainer(containerId).rename({ name: readySeatName(seatId, port) });
    });
  }

  /** Lets its processes go on. Idempotent. */
  async wake(containerId: string): Promise<void> {
    await this.engine.call(async (docker) => {
      try {
        await docker.getContainer(containerId).unpause();
      } catch (error) {
        // 409 as of engine 25, 500 before: it is not paused.
        const status = engineStatus(error);
        if (!(status === 409 || status === 500) || !/not paused/i.test(String(error))) throw error;
      }
    });
  }

  /** Makes it the container of a launch: from here on it is found as one. */
  async hand(containerId: string, launchId: string): Promise<void> {
    await this.engine.call((docker) => docker.getContainer(containerId).rename({ name: sandboxName(launchId) }));
  }
}
