import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { DomainError, type SeatWish } from '@osiris/contracts';
import { listeningSockets, Sandboxes, SeatContainers } from '@osiris/engine';
import { ENV } from '@osiris/service-kit';
import type { RunnerEnv } from '../env';
import { ImageFactsCache } from '../launches/image-facts-cache';
import { LaunchContainers } from '../launches/launch-containers';
import { waitUntilReady } from '../readiness/readiness';
import type { Seat } from './seat';
import { seatKey } from './seat-key';

/** After its first answer an app has often some things left to do: it is given a moment before it is paused. */
const SETTLE_MS = 500;
/** The catalog decides how long a launch lasts; what a seat's label says is only what is believed until it has said so. */
const LABEL_LIFE_MS = 86_400_000;

/** Makes seats: containers as a launch of the build would have them, brought up and then paused. */
@Injectable()
export class SeatMaker {
  constructor(
    private readonly sandboxes: Sandboxes,
    private readonly seats: SeatContainers,
    private readonly images: ImageFactsCache,
    private readonly containers: LaunchContainers,
    @Inject(ENV) private readonly env: RunnerEnv,
  ) {}

  /**
   * Leaves nothing behind where it fails.
   * @param signal ends the wait: the seat is not wanted any more
   * @throws DomainError as a launch would end with; the signal's reason
   */
  async make(wish: SeatWish, signal: AbortSignal): Promise<Seat> {
    const seatId = `seat_${randomBytes(8).toString('hex')}`;
    const key = seatKey(wish);
    const { containerId, declaredPorts, guess } = await this.containers.prepare(
      { ...wish, role: 'seat', id: seatId, seatFor: key, attempt: 1, env: {}, profile: 'small', expiresAt: new Date(Date.now() + LABEL_LIFE_MS).toISOString() },
      signal,
    );
    try {
      await this.sandboxes.start(containerId);
      const state = await this.sandboxes.inspect(containerId);
      if (state?.phase !== 'running' || state.address === null) throw new DomainError('APP_EXITED', 'The app ended before it answered');
      const { address: host, pid } = state;
      const port = await waitUntilReady({
        host,
        declared: declaredPorts,
        guess,
        healthPath: wish.healthPath,
        listening: () => (pid === null ? Promise.resolve(null) : listeningSockets(containerId, pid)),
        limitMs: this.env.LAUNCH_START_TIMEOUT_SECONDS * 1_000,
        signal,
      });
      await sleep(SETTLE_MS, undefined, { signal });
      await this.seats.park(containerId, seatId, port);
      return { seatId, key, containerId, appId: wish.appId, buildId: wish.buildId, address: { host, port }, madeAt: Date.now() };
    } catch (error) {
      if (error instanceof DomainError && error.code === 'IMAGE_GONE') this.images.forget(wish.imageReference);
      await this.sandboxes.remove(containerId);
      throw error;
    }
  }
}
