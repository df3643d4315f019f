import { Controller } from '@nestjs/common';
import { artifactGet, artifactLog, artifactRemovalJob, artifactStored, DomainError } from '@osiris/contracts';
import { type FactMeta, HandlesFact, HandlesRequest } from '@osiris/service-kit';
import type { EntityManager, FindOptionsWhere } from 'typeorm';
import type { z } from 'zod';
import { BuildEntity } from '../builds/build.entity';
import { Database } from '../database/database';
import { Inbox } from '../outbox/inbox';
import { Outbox } from '../outbox/outbox';
import { viewApp } from '../repositories/app-view';
import { RepositoryEntity } from '../repositories/repository.entity';
import { ArtifactEntity } from './artifact.entity';
import { artifactView } from './artifact-view';

@Controller()
export class ArtifactsController {
  constructor(
    private readonly database: Database,
    private readonly inbox: Inbox,
    private readonly outbox: Outbox,
  ) {}

  @HandlesRequest(artifactGet)
  async get({ id }: z.output<typeof artifactGet.input>): Promise<z.input<typeof artifactGet.output>> {
    const row = await this.database.read((manager) => manager.findOneBy(ArtifactEntity, { id }));
    if (!row) throw new DomainError('NOT_FOUND', 'There is no such artifact.');
    return { artifact: artifactView(row), objectKey: row.objectKey };
  }

  @HandlesRequest(artifactLog)
  async log({ ownerId }: z.output<typeof artifactLog.input>): Promise<z.input<typeof artifactLog.output>> {
    return this.database.read(async (manager) => {
      if (!ownerId.startsWith('bld_')) return { artifactId: await newest(manager, { launchId: ownerId, kind: 'launch-log' }) };
      const build = await manager.findOneBy(BuildEntity, { id: ownerId });
      const ofBuildId = build?.reusedBuildId ?? build?.watches ?? null;
      const buildId = ofBuildId ?? ownerId;
      const [artifactId, linesArtifactId] = [await newest(manager, { buildId, kind: 'build-log' }), await newest(manager, { buildId, kind: 'build-log-lines' })];
      return { artifactId, linesArtifactId, ofBuildId };
    });
  }

  @HandlesFact(artifactStored)
  async stored(fact: z.output<typeof artifactStored.schema>, meta: FactMeta): Promise<void> {
    const { id, kind, owner, objectKey, contentType, contentEncoding = null, bytes, sha256 } = fact;
    await this.inbox.once(meta, async (tx) => {
      const { appId, ingestionId = null, buildId = null, launchId = null } = owner;
      if (!(await tx.manager.existsBy(RepositoryEntity, { id: appId }))) {
        // The app was deleted while its log was being stored: nobody else will remove it.
        await this.outbox.job(tx, artifactRemovalJob, appId, { appId, artifacts: [{ id, objectKey }] });
        return;
      }
      if (await tx.manager.existsBy(ArtifactEntity, { id })) return;
      const createdAt = Date.parse(fact.at);
      await tx.manager.insert(ArtifactEntity, { id, kind, repositoryId: appId, ingestionId, buildId, launchId, objectKey, contentType, contentEncoding, bytes, sha256, createdAt });
      // A page that was shown before this came shows none yet, or an older one.
      if (kind === 'bill-of-materials') await this.outbox.event(tx, 'app.updated', appId, { app: await viewApp(tx.manager, appId) });
    });
  }
}

async function newest(manager: EntityManager, where: FindOptionsWhere<ArtifactEntity>): Promise<string | null> {
  const [row] = await manager.find(ArtifactEntity, { select: { id: true }, where, order: { createdAt: 'DESC' }, take: 1 });
  return row?.id ?? null;
}
