import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { Sandboxes, SeatContainers } from '@osiris/engine';
import { LOGGER, type Logger } from '@osiris/service-kit';
import type { Prepared } from '../launches/launch-containers';
import { probeHttp } from '../readiness/http-probe';
import type { Seat } from './seat';
import { WarmPool } from './warm-pool.service';

/** It has answered before it was paused: one that does not within this is no seat any more. */
const ANSWER_MS = 1_000;
/** What an engine takes for it on a loaded machine, and more; one that hangs over a container keeps no launch from another. */
const OPEN_MS = 3_000;

/** Wakes seats for the launches that take them. */
@Injectable()
export class SeatTaker {
  constructor(
    private readonly pool: WarmPool,
    private readonly seats: SeatContainers,
    private readonly sandboxes: Sandboxes,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /**
   * Makes the seat the launch's container. Where it does not wake, does not answer, or the launch has a container already,
   * it is removed.
   * @returns undefined in that case: the launch goes on without a seat
   */
  async open(seat: Seat, launchId: string): Promise<Prepared | undefined> {
    const { containerId, address } = seat;
    try {
      const opening = this.pool.whileHanded(seat, async () => {
        await this.seats.wake(containerId);
        // Only now is it more than one step from what it was: a runner that dies before leaves a seat that is not paused, which is removed.
        const [{ outcome }] = await Promise.all([
          probeHttp(address.host, address.port, '/', AbortSignal.timeout(ANSWER_MS)),
          this.seats.hand(containerId, launchId),
        ]);
        if (outcome !== 'answered') throw new Error(`It does not answer: ${outcome}`);
        return { containerId, created: true, declaredPorts: [address.port], guess: undefined, healthPath: null, answersAt: address };
      });
      return await Promise.race([opening, tooLate(OPEN_MS)]);
    } catch (error) {
      this.logger.warn({ err: error, launchId, seatId: seat.seatId }, 'A seat could not be taken: the launch starts without one');
      const removal = this.sandboxes.remove(containerId).catch((failure: unknown) => this.logger.debug({ err: failure }, 'A seat could not be removed yet'));
      await Promise.race([removal, sleep(ANSWER_MS, undefined, { ref: false })]);
      return undefined;
    }
  }
}

async function tooLate(ms: number): Promise<never> {
  await sleep(ms, undefined, { ref: false });
  throw new Error(`The engine did not wake it in ${ms} ms`);
}
