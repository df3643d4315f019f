import type { Build, Image } from '@osiris/contracts';
import { type EntityManager, In } from 'typeorm';
import { ImageEntity } from '../images/image.entity';
import { errorOf, instant, instantOrNull } from '../lifecycle/leased-row';
import { BuildEntity } from './build.entity';

export const imageView = ({ reference, digest, bytes }: ImageEntity): Image => ({ reference, digest, bytes });

/** A build as the API shows it. */
export function buildView(row: BuildEntity, image: ImageEntity | null): Build {
  return {
    id: row.id,
    appId: row.repositoryId,
    commitSha: row.commitSha,
    status: row.status,
    error: errorOf(row),
    image: image && imageView(image),
    log: { url: `/builds/${row.id}/log`, bytes: row.logBytes, lines: row.logLines },
    queuedAt: instant(row.queuedAt),
    startedAt: instantOrNull(row.startedAt),
    completedAt: instantOrNull(row.completedAt),
    durationMs: row.durationMs,
  };
}

/** By id. */
export async function viewBuildsById(manager: EntityManager, ids: readonly string[]): Promise<Map<string, Build>> {
  if (ids.length === 0) return new Map();
  const views = await viewBuilds(manager, await manager.findBy(BuildEntity, { id: In([...ids]) }));
  return new Map(views.map((build) => [build.id, build]));
}

export async function viewBuilds(manager: EntityManager, rows: readonly BuildEntity[]): Promise<Build[]> {
  if (rows.length === 0) return [];
  const images = await manager.findBy(ImageEntity, { buildId: In(rows.map(({ id }) => id)) });
  const byBuild = new Map(images.map((image) => [image.buildId, image]));
  return rows.map((row) => buildView(row, byBuild.get(row.id) ?? null));
}
