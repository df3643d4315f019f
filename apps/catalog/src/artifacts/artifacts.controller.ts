import { Controller } from '@nestjs/common';
import { artifactGet, artifactLog, artifactRemovalJob, artifactStored, DomainError } from '@osiris/contracts';
import { type FactMeta, HandlesFact, HandlesRequest } from '@osiris/service-kit';
import type { z } from 'zod';
import { Database } from '../database/database';
import { Inbox } from '../outbox/inbox';
import { Outbox } from '../outbox/outbox';
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
    const where = ownerId.startsWith('bld_') ? { buildId: ownerId, kind: 'build-log' as const } : { launchId: ownerId, kind: 'launch-log' as const };
    const [row] = await this.database.read((manager) => manager.find(ArtifactEntity, { where, order: { createdAt: 'DESC' }, take: 1 }));
    return { artifactId: row?.id ?? null };
  }

  @HandlesFact(artifactStored)
  async stored(fact: z.output<typeof artifactStored.schema>, meta: FactMeta): Promise<void> {
    const { id, kind, owner, objectKey, contentType, bytes, sha256 } = fact;
    await this.inbox.once(meta, async (tx) => {
      const { appId, ingestionId = null, buildId = null, launchId = null } = owner;
      if (!(await tx.manager.existsBy(RepositoryEntity, { id: appId }))) {
        // The app was deleted while its log was being stored: nobody else will remove it.
        await this.outbox.job(tx, artifactRemovalJob, appId, { appId, artifacts: [{ id, objectKey }] });
        return;
      }
      if (await tx.manager.existsBy(ArtifactEntity, { id })) return;
      const createdAt = Date.parse(fact.at);
      await tx.manager.insert(ArtifactEntity, { id, kind, repositoryId: appId, ingestionId, buildId, launchId, objectKey, contentType, bytes, sha256, createdAt });
    });
  }
}
