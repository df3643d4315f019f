import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { type ArtifactPlan, artifactRemovalJob, housekeepingJob } from '@osiris/contracts';
import { ENV, LOGGER, type Logger } from '@osiris/service-kit';
import { In } from 'typeorm';
import { ArtifactEntity } from '../artifacts/artifact.entity';
import { Database } from '../database/database';
import type { Env } from '../env';
import { Interval } from '../lifecycle/interval';
import { Outbox } from '../outbox/outbox';
import { countPastArtifacts, type PastArtifact, pastArtifacts } from './past-artifacts';

const DAY_MS = 24 * 3_600_000;
/** Not at once: a hub that has just started has other things to do. */
const FIRST_AFTER_MS = 10 * 60_000;
/** Listed in a plan, as many as its contract has. */
const LISTED = 100;
/** Removed in one transaction: others wait for no longer than that takes. */
const CHUNK = 500;

/** Removes artifacts past their time, daily and when asked. Images are removed by the builders, whom it asks to. */
@Injectable()
export class Housekeeping implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly interval: Interval;

  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    @Inject(ENV) private readonly env: Env,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.interval = new Interval(DAY_MS, () => this.removeArtifacts(), logger, 'Old artifacts could not be removed');
  }

  onApplicationBootstrap(): void {
    this.interval.start(FIRST_AFTER_MS);
  }

  onApplicationShutdown(): Promise<void> {
    return this.interval.stop();
  }

  /** What would go now. */
  async plan(): Promise<ArtifactPlan> {
    const before = this.before();
    return this.database.read(async (manager) => {
      const items = (await pastArtifacts(manager, before, LISTED)).map(({ objectKey: _key, ...item }) => item);
      return { ...(await countPastArtifacts(manager, before)), items };
    });
  }

  /** Removes artifacts past their time, and has the builders clear up their engines. */
  async run(): Promise<void> {
    await this.database.write(async (tx) => {
      await this.outbox.job(tx, housekeepingJob, 'housekeeping', {});
    });
    // Who asked need not wait for what may take long; the next turn goes on where one has failed.
    this.interval.hurry(0);
  }

  private async removeArtifacts(): Promise<void> {
    const before = this.before();
    let removed = 0;
    for (let some = CHUNK; some === CHUNK; removed += some) some = await this.removeSome(before);
    if (removed > 0) this.logger.info({ artifacts: removed }, 'Artifacts past their time are removed');
  }

  private async removeSome(before: number): Promise<number> {
    return this.database.write(async (tx) => {
      const past = await pastArtifacts(tx.manager, before, CHUNK);
      const byApp = new Map<string, PastArtifact[]>();
      for (const artifact of past) byApp.set(artifact.appId, [...(byApp.get(artifact.appId) ?? []), artifact]);
      for (const [appId, own] of byApp) {
        await tx.manager.delete(ArtifactEntity, { id: In(own.map(({ id }) => id)) });
        await this.outbox.job(tx, artifactRemovalJob, appId, { appId, artifacts: own.map(({ id, objectKey }) => ({ id, objectKey })) });
      }
      return past.length;
    });
  }

  private before(): number {
    return Date.now() - this.env.RETAIN_ARTIFACT_DAYS * DAY_MS;
  }
}
