import { artifactRemovalJob, pictureUrl } from '@osiris/contracts';
import { In } from 'typeorm';
import type { Transaction } from '../database/database';
import { IngestionEntity } from '../ingestions/ingestion.entity';
import type { Outbox } from '../outbox/outbox';
import type { RepositoryEntity } from '../repositories/repository.entity';
import { ArtifactEntity } from './artifact.entity';

/** At a time: keeps the message far below what NATS takes. The rest goes with the next reading. */
const MAX_REMOVED = 500;

/**
 * Each reading of a repository stores its pictures anew, so those of earlier readings, and of deliveries that failed, would
 * pile up: what the app's entry does not show is removed. Those of a reading that is still going on stay.
 */
export async function removeUnshownPictures(tx: Transaction, outbox: Outbox, { id: appId, media }: Pick<RepositoryEntity, 'id' | 'media'>): Promise<void> {
  const pictures = await tx.manager.findBy(ArtifactEntity, { repositoryId: appId, kind: 'picture' });
  if (pictures.length === 0) return;
  const going = await tx.manager.find(IngestionEntity, { select: { id: true }, where: { repositoryId: appId, status: In(['pending', 'processing']) } });
  const kept = new Set<string | null>(going.map(({ id }) => id));
  const shown = new Set(media.map(({ url }) => url));
  const unshown = pictures.filter((picture) => !kept.has(picture.ingestionId) && !shown.has(pictureUrl(picture.id))).slice(0, MAX_REMOVED);
  if (unshown.length === 0) return;
  await tx.manager.delete(ArtifactEntity, { id: In(unshown.map(({ id }) => id)) });
  await outbox.job(tx, artifactRemovalJob, appId, { appId, artifacts: unshown.map(({ id, objectKey }) => ({ id, objectKey })) });
}
