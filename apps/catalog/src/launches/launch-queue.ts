import { Injectable } from '@nestjs/common';
import { DomainError, LAUNCH_PLACES, type LaunchProfile } from '@osiris/contracts';
import { In } from 'typeorm';
import { Database, type Transaction } from '../database/database';
import { LaunchEntity } from './launch.entity';
import { LaunchLifecycle } from './launch-lifecycle';
import { admitted } from './launch-order';
import { RunnerCapacity } from './runner-capacity';
import { countWaiting, queuePlaces, waitingInTurn } from './waiting-launches';

const ROOM_RETRY_SECONDS = 15;
/** More than this nobody waits for; each is looked at whenever a place becomes free. */
const MAX_WAITING = 500;
/** So many are told of their new place when somebody got room; the others see it when they ask. */
const TOLD = 50;

/**
 * Launches that wait for room: rows without a job. Who gets the next place is decided when it becomes free, so that a
 * launch that comes later may still go before fifty of another app (`launch-order.ts`).
 */
@Injectable()
export class LaunchQueue {
  constructor(
    private readonly database: Database,
    private readonly lifecycle: LaunchLifecycle,
    private readonly capacity: RunnerCapacity,
  ) {
    lifecycle.onRoom((tx) => this.fill(tx));
  }

  /**
   * Whether a new launch has to wait. Places that become free belong to those who wait already.
   * @throws DomainError NO_CAPACITY where it would have to and does not want to, or would wait in vain
   */
  async mustWait(tx: Transaction, profile: LaunchProfile, wants: boolean): Promise<boolean> {
    const room = await this.capacity.room(tx.manager);
    const places = LAUNCH_PLACES[profile];
    if (room !== null && places > room.total) throw noCapacity(`The runners have ${room.total} small launches' worth of memory in all, and a ${profile} one takes ${places}. Choose a smaller profile.`);
    const waiting = await countWaiting(tx.manager);
    if (waiting === 0 && (room === null || places <= room.free)) return false;
    if (!wants) {
      const what = profile === 'small' ? 'All places for running apps are taken.' : `There is no room for a ${profile} launch.`;
      throw noCapacity(`${what} Stop a launch, or wait for one to end.`);
    }
    if (waiting >= MAX_WAITING) throw noCapacity(`${waiting} launches wait for room already.`);
    return true;
  }

  /** Gives room to those whose turn it is, within this transaction, after all of its changes. */
  fill(tx: Transaction): void {
    tx.beforeCommit('launches.fill', () => this.giveRoom(tx));
  }

  /** A runner has told how much room it has. */
  async look(): Promise<void> {
    if ((await this.database.read(countWaiting)) === 0) return;
    await this.database.write((tx) => Promise.resolve(this.fill(tx)));
  }

  private async giveRoom(tx: Transaction): Promise<void> {
    const order = await waitingInTurn(tx.manager);
    if (order.length === 0) return;
    const room = await this.capacity.room(tx.manager);
    // Nobody knows how much there is until a runner has said so, some seconds after a start.
    if (room === null) return;
    const going = admitted(order, room);
    if (going.length === 0) return;
    for (const { id } of going) {
      const row = await tx.manager.findOneBy(LaunchEntity, { id });
      if (row) await this.lifecycle.advance(tx, row, 'roomFound');
    }
    await this.tellPlaces(tx);
  }

  private async tellPlaces(tx: Transaction): Promise<void> {
    const places = await queuePlaces(tx.manager);
    const next = [...places.keys()].slice(0, TOLD);
    if (next.length === 0) return;
    for (const row of await tx.manager.findBy(LaunchEntity, { id: In(next) })) await this.lifecycle.report(tx, row, places.get(row.id));
  }
}

function noCapacity(message: string): DomainError {
  return new DomainError('NO_CAPACITY', message, { retryAfterSeconds: ROOM_RETRY_SECONDS });
}
