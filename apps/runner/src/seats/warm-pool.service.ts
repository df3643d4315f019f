import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { LaunchJob, SeatWish } from '@osiris/contracts';
import { Sandboxes, SeatContainers, type SeatState } from '@osiris/engine';
import { counter, ENV, gauge, LOGGER, type Logger } from '@osiris/service-kit';
import { EngineGate } from '../engine/engine-gate.service';
import type { RunnerEnv } from '../env';
import { Previews } from '../previews/previews.service';
import { BarredSeats } from './barred-seats';
import type { Seat } from './seat';
import { seatKey, seatKeyOf } from './seat-key';
import { SeatMaker } from './seat-maker.service';
import { planSeats, roomForSeats } from './seat-plan';

/** A seat that is made takes the processor from launches that somebody waits for: it waits until they have been quiet for so long. */
const QUIET_MS = 400;
const SHORT_LIFE_MS = 10_000;

const seatsReady = gauge('osiris_runner_seats', 'Started and paused containers that wait for a launch');
const seatsEnded = counter('osiris_runner_seats_ended_total', 'Seats that are no more, by what became of them', ['why'] as const);

/** Keeps containers ready for launches to come. In memory only: the engine's labels and names are the record. */
@Injectable()
export class WarmPool implements OnApplicationShutdown {
  private readonly ready = new Map<string, Seat>();
  /** Containers that are being made here: not somebody's left-overs. */
  private making: { key: string; abort: AbortController } | undefined;
  /** Containers on their way from seat to launch. */
  private readonly handing = new Set<string>();
  private readonly barred = new BarredSeats();
  /** Keys of which the last seat that ended by itself did so soon. */
  private readonly shortLived = new Set<string>();
  private wishes: readonly (SeatWish & { key: string; first: boolean })[] | undefined;
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;

  constructor(
    private readonly engine: EngineGate,
    private readonly previews: Previews,
    private readonly maker: SeatMaker,
    private readonly sandboxes: Sandboxes,
    private readonly containers: SeatContainers,
    @Inject(ENV) private readonly env: RunnerEnv,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    seatsReady.set(0);
  }

  onApplicationShutdown(): void {
    // Seats stay: the next life of the runner finds them. One that is half made goes.
    this.stopped = true;
    clearTimeout(this.timer);
    this.making?.abort.abort(new Error('The runner shuts down'));
  }

  /** What the catalog wants; undefined from one that says nothing of seats. */
  want(wishes: readonly SeatWish[] | undefined): void {
    this.wishes = (wishes ?? []).map((wish) => ({ ...wish, key: seatKey(wish), first: wish.pinned ?? false }));
    this.tend();
  }

  /** A seat for the launch, which is its own from now on; undefined where there is none. */
  take(job: LaunchJob): Seat | undefined {
    const key = seatKeyOf(job);
    // The oldest first: it will be the first that is too old.
    const [seat] = [...this.ready.values()].filter((one) => one.key === key).sort((a, b) => a.madeAt - b.madeAt);
    if (seat) {
      this.shortLived.delete(seat.key);
      this.forget(seat, 'taken');
    }
    this.tend();
    return seat;
  }

  /** One has ended by itself. */
  died(containerId: string): void {
    const seat = [...this.ready.values()].find((one) => one.containerId === containerId);
    if (!seat) return;
    // Once may be somebody's hand; what ends over and over is not made over and over.
    if (Date.now() - seat.madeAt >= SHORT_LIFE_MS) this.shortLived.delete(seat.key);
    else if (this.shortLived.has(seat.key)) this.barred.failed(seat.key, Date.now());
    else this.shortLived.add(seat.key);
    this.discard(seat, 'died');
    this.tend();
  }

  /** Compares with what the engine has: knows seats of a former life, and removes what is none. */
  async sweep(): Promise<void> {
    const before = new Map(this.ready);
    // What is seen below may be a moment old: who was on the way into a launch then is no left-over.
    const own = new Set(this.handing);
    const making = this.making?.key;
    const found = await this.containers.list();
    const there = new Set(found.filter(isReady).map(({ seatId }) => seatId));
    for (const seat of before.values()) if (!there.has(seat.seatId) && this.ready.has(seat.seatId)) this.discard(seat, 'died');
    for (const state of found) {
      if (before.has(state.seatId) || this.ready.has(state.seatId) || own.has(state.containerId) || making === state.seatFor) continue;
      if (isReady(state)) this.know({ ...state, key: state.seatFor, address: { host: state.address, port: state.port } });
      else void this.remove(state.containerId);
    }
    this.tend();
  }

  /** Runs `work`, during which the container is neither a seat nor yet a launch's. */
  async whileHanded<T>({ containerId }: Seat, work: () => Promise<T>): Promise<T> {
    this.handing.add(containerId);
    try {
      return await work();
    } finally {
      this.handing.delete(containerId);
    }
  }

  /** Gives way where there is no room, at once; makes what is missing, one after the other, once no launch is being brought up. */
  tend(): void {
    if (this.stopped) return;
    const { discard, make } = this.plan();
    for (const { seatId, why } of discard) {
      const seat = this.ready.get(seatId);
      if (seat) this.discard(seat, why);
    }
    if (this.making && !make.includes(this.making.key)) this.making.abort.abort(new Error('The seat is not wanted any more'));
    clearTimeout(this.timer);
    if (make.length === 0 || this.making || !this.engine.isOpen) return;
    const wait = this.previews.quietInMs(QUIET_MS);
    if (wait > 0) this.timer = setTimeout(() => this.tend(), wait).unref();
    else void this.makeOne(make[0] ?? '');
  }

  private plan(): ReturnType<typeof planSeats> {
    const now = Date.now();
    const { wishes } = this;
    const room = roomForSeats(this.engine.runner?.capacity ?? 0, this.previews.places());
    const barred = this.barred.at(now, new Set(wishes?.map(({ key }) => key)));
    return planSeats({ wishes, held: [...this.ready.values()], room, perBuild: this.env.WARM_POOL_SIZE, barred, now });
  }

  private async makeOne(key: string): Promise<void> {
    const wish = this.wishes?.find((one) => one.key === key);
    if (!wish) return;
    const making = { key, abort: new AbortController() };
    this.making = making;
    try {
      const seat = await this.maker.make(wish, making.abort.signal);
      this.barred.came(key);
      this.know(seat);
    } catch (error) {
      if (!making.abort.signal.aborted) {
        this.barred.failed(key, Date.now());
        this.logger.warn({ err: error, appId: wish.appId, buildId: wish.buildId }, 'A seat did not come up');
      }
    } finally {
      this.making = undefined;
    }
    this.tend();
  }

  private know(seat: Seat): void {
    this.ready.set(seat.seatId, seat);
    seatsReady.set(this.ready.size);
    this.logger.debug({ seatId: seat.seatId, appId: seat.appId }, 'A seat is ready');
  }

  private forget(seat: Seat, why: 'taken' | 'stale' | 'old' | 'room' | 'died'): void {
    this.ready.delete(seat.seatId);
    seatsReady.set(this.ready.size);
    seatsEnded.inc({ why });
  }

  private discard(seat: Seat, why: 'stale' | 'old' | 'room' | 'died'): void {
    this.forget(seat, why);
    this.logger.debug({ seatId: seat.seatId, appId: seat.appId, why }, 'A seat was thrown away');
    void this.remove(seat.containerId);
  }

  private async remove(containerId: string): Promise<void> {
    // What stays behind is found by the next sweep.
    await this.sandboxes.remove(containerId).catch((error: unknown) => this.logger.debug({ err: error }, 'A seat could not be removed yet'));
  }
}

const isReady = (state: SeatState): state is SeatState & { port: number; address: string } => state.paused && state.port !== null && state.address !== null;
