import type { BuildJob } from '@osiris/contracts';
import type { EntityManager } from 'typeorm';
import { select } from '../database/select';
import { BuildEntity } from './build.entity';

type ReadyImage = NonNullable<BuildJob['reuse']>;

interface Candidate {
  buildId: string;
  bases: string;
  reference: string;
  digest: string;
  bytes: number | string;
}

/**
 * The newest image of the same commit, Dockerfile, target and arguments that was not removed, with what its base images
 * were: whether these are still the same, and the image still there, is for the builder to see.
 */
export async function findReadyImage(manager: EntityManager, { inputsKey }: Pick<BuildEntity, 'inputsKey'>): Promise<ReadyImage | null> {
  if (inputsKey === null) return null;
  const [found] = await select<Candidate>(
    manager,
    `SELECT b.id AS "buildId", b.bases AS "bases", i.reference AS "reference", i.digest AS "digest", i.bytes AS "bytes"
     FROM builds b JOIN images i ON i.build_id = b.id
     WHERE b.inputs_key = ? AND b.status = 'succeeded' AND b.bases IS NOT NULL AND i.removed_at IS NULL ORDER BY b.id DESC LIMIT 1`,
    [inputsKey],
  );
  if (!found) return null;
  const { buildId, bases, reference, digest, bytes } = found;
  return { buildId, image: { reference, digest, bytes: Number(bytes) }, bases: JSON.parse(bases) as ReadyImage['bases'] };
}

/** The build that made an image which others have taken over from each other: its log tells how. */
export async function makerOf(manager: EntityManager, buildId: string): Promise<string> {
  const row = await manager.findOneBy(BuildEntity, { id: buildId });
  if (!row?.reusedBuildId) return buildId;
  return (await manager.existsBy(BuildEntity, { id: row.reusedBuildId })) ? row.reusedBuildId : buildId;
}
