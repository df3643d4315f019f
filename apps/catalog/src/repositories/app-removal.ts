import { Injectable } from '@nestjs/common';
import { artifactRemovalJob, stopJob } from '@osiris/contracts';
import { In } from 'typeorm';
import { ArtifactEntity } from '../artifacts/artifact.entity';
import { BuildEntity } from '../builds/build.entity';
import { BuildLifecycle } from '../builds/build-lifecycle';
import { Database, type Transaction } from '../database/database';
import { discardImages } from '../images/discard-images';
import { ImageEntity } from '../images/image.entity';
import { IngestionEntity } from '../ingestions/ingestion.entity';
import { LaunchEntity } from '../launches/launch.entity';
import { Outbox } from '../outbox/outbox';
import { VerificationEntity } from '../verifications/verification.entity';
import { findApp } from './repositories.repository';
import { RepositoryEntity } from './repository.entity';

/** Objects per job: keeps a message far below what NATS takes (1 MiB). */
const ARTIFACTS_PER_JOB = 500;

/** Removes an app with all it has: its rows at once, what lies elsewhere by jobs. */
@Injectable()
export class AppRemoval {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly builds: BuildLifecycle,
  ) {}

  /** @throws DomainError NOT_FOUND */
  async remove(idOrSlug: string): Promise<void> {
    await this.database.write(async (tx) => {
      const { manager } = tx;
      const { id: appId, slug, checkId } = await findApp(manager, idOrSlug);
      for (const build of await manager.findBy(BuildEntity, { repositoryId: appId, status: In(['pending', 'running']) })) {
        // Workers hear of a cancel by the build's own event, at once.
        await this.builds.advance(tx, build, 'cancelRequested', { error: { code: 'BUILD_CANCELED', message: 'The app was deleted.' } });
      }
      const launches = await manager.findBy(LaunchEntity, { repositoryId: appId, status: In(['pending', 'starting', 'running', 'stopping']) });
      for (const { id: launchId, attempt } of launches) {
        await this.outbox.job(tx, stopJob, appId, { launchId, appId, reason: 'app-deleted', attempt });
      }
      await discardImages(tx, this.outbox, appId, await manager.findBy(ImageEntity, { repositoryId: appId }));
      const artifacts = await manager.findBy(ArtifactEntity, { repositoryId: appId });
      for (let at = 0; at < artifacts.length; at += ARTIFACTS_PER_JOB) {
        const some = artifacts.slice(at, at + ARTIFACTS_PER_JOB).map(({ id, objectKey }) => ({ id, objectKey }));
        await this.outbox.job(tx, artifactRemovalJob, appId, { appId, artifacts: some });
      }
      await this.forgetJobs(tx, appId, checkId);
      await manager.delete(RepositoryEntity, { id: appId });
      await this.outbox.event(tx, 'app.deleted', appId, { id: appId, slug });
    });
  }

  /** Jobs hold the URL with its credentials, and a launch's variables: they would outlive the app in the outbox and in NATS. */
  private async forgetJobs(tx: Transaction, repositoryId: string, checkId: string | null): Promise<void> {
    const own = { select: { id: true }, where: { repositoryId } } as const;
    const { manager } = tx;
    const rows: { id: string }[] = [];
    for (const entity of [IngestionEntity, BuildEntity, VerificationEntity, LaunchEntity]) rows.push(...(await manager.getRepository<{ id: string; repositoryId: string }>(entity).find(own)));
    await this.outbox.drop(tx, [...rows.map(({ id }) => id), ...(checkId === null ? [] : [checkId])]);
  }
}
