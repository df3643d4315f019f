import { Injectable } from '@nestjs/common';
import type { leaseClaim, leaseRenew, LeaseKind } from '@osiris/contracts';
import { type EntityTarget, MoreThan } from 'typeorm';
import type { z } from 'zod';
import { BuildEntity } from '../builds/build.entity';
import { BuildQueue } from '../builds/build-queue';
import { Database, type Transaction } from '../database/database';
import { IngestionEntity } from '../ingestions/ingestion.entity';
import { LaunchEntity } from '../launches/launch.entity';
import { ClockWatch } from '../lifecycle/clock-watch';
import type { LeasedRow } from '../lifecycle/leased-row';
import { VerificationEntity } from '../verifications/verification.entity';

/** Workers renew every 3 s: three of them may get lost. */
const LEASE_MS = 10_000;

type Leasable = LeasedRow & { status: string };
type LeaseInput = z.output<typeof leaseRenew.input>;

const ENTITIES: Record<LeaseKind, EntityTarget<Leasable>> = {
  ingestion: IngestionEntity,
  build: BuildEntity,
  verification: VerificationEntity,
  launch: LaunchEntity,
};
/** In which states there is work to begin. */
const CLAIMABLE: Record<LeaseKind, readonly string[]> = {
  ingestion: ['pending', 'processing'],
  build: ['pending', 'running'],
  verification: ['pending', 'running'],
  launch: ['pending', 'starting'],
};
/** A runner's last renewal may come after its own report that the app runs. */
const RENEWABLE: Record<LeaseKind, readonly string[]> = { ...CLAIMABLE, launch: ['pending', 'starting', 'running'] };

/** Sees to it that one attempt of a piece of work is done by one worker at a time. */
@Injectable()
export class LeasesService {
  constructor(
    private readonly database: Database,
    private readonly builds: BuildQueue,
    clock: ClockWatch,
  ) {
    clock.onLeap((leapMs) => (leapMs < 0 ? this.shorten() : Promise.resolve()));
  }

  async claim(input: z.output<typeof leaseClaim.input>): Promise<z.input<typeof leaseClaim.output>> {
    return this.database.write(async (tx) => {
      const row = await this.find(tx, input);
      if (!row || row.attempt !== input.attempt || !CLAIMABLE[input.kind].includes(row.status)) return { granted: false, reason: 'superseded' };
      const taken = row.leaseUntil !== null && row.leaseUntil > tx.now && row.leaseWorker !== input.worker;
      if (taken) return { granted: false, reason: 'leased' };
      await this.grant(tx, input);
      // Taken up: the next one may be offered.
      if (input.kind === 'build') this.builds.fill(tx);
      return { granted: true, reason: null };
    });
  }

  /** A lease that lapsed and that nobody else has taken is renewed: the worker was only cut off for a while. */
  async renew(input: LeaseInput): Promise<z.input<typeof leaseRenew.output>> {
    return this.database.write(async (tx) => {
      const row = await this.find(tx, input);
      const held = row !== null && row.attempt === input.attempt && row.leaseWorker === input.worker;
      if (!held || !RENEWABLE[input.kind].includes(row.status)) return { granted: false };
      await this.grant(tx, input);
      return { granted: true };
    });
  }

  /** The clock went back: no lease lasts longer than one that is granted now. */
  private async shorten(): Promise<void> {
    await this.database.write(async ({ manager, now }) => {
      const leaseUntil = now + LEASE_MS;
      for (const entity of Object.values(ENTITIES)) await manager.getRepository(entity).update({ leaseUntil: MoreThan(leaseUntil) }, { leaseUntil });
    });
  }

  private find(tx: Transaction, { kind, id }: LeaseInput): Promise<Leasable | null> {
    return tx.manager.getRepository(ENTITIES[kind]).findOneBy({ id });
  }

  private async grant(tx: Transaction, { kind, id, worker }: LeaseInput): Promise<void> {
    await tx.manager.getRepository(ENTITIES[kind]).update({ id }, { leaseWorker: worker, leaseUntil: tx.now + LEASE_MS });
  }
}
