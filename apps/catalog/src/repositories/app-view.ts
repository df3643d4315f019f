import type { App } from '@osiris/contracts';
import { type EntityManager, In, MoreThan } from 'typeorm';
import { BuildEntity } from '../builds/build.entity';
import { viewBuilds } from '../builds/build-view';
import { LaunchEntity } from '../launches/launch.entity';
import { launchView } from '../launches/launch-view';
import { errorOf, instant, instantOrNull } from '../lifecycle/leased-row';
import { newestOfEach } from '../lifecycle/newest';
import { tagsOf } from '../tags/tags.repository';
import type { RepositoryEntity } from './repository.entity';

export const POPULARITY_WINDOW_MS = 7 * 24 * 3_600_000;

async function recentLaunches(manager: EntityManager, ids: readonly string[]): Promise<Map<string, number>> {
  const rows = await manager
    .createQueryBuilder(LaunchEntity, 'launch')
    .select('launch.repositoryId', 'id')
    .addSelect('COUNT(*)', 'count')
    .where({ repositoryId: In([...ids]), createdAt: MoreThan(Date.now() - POPULARITY_WINDOW_MS) })
    .groupBy('launch.repositoryId')
    .getRawMany<{ id: string; count: number | string }>();
  return new Map(rows.map(({ id, count }) => [id, Number(count)]));
}

async function everBuilt(manager: EntityManager, ids: readonly string[]): Promise<Set<string>> {
  const rows = await manager
    .createQueryBuilder(BuildEntity, 'build')
    .select('DISTINCT build.repositoryId', 'id')
    .where({ repositoryId: In([...ids]), status: 'succeeded' })
    .getRawMany<{ id: string }>();
  return new Set(rows.map(({ id }) => id));
}

/** Apps as the API shows them, in the order of the rows; a handful of queries for all of them together. */
export async function viewApps(manager: EntityManager, rows: readonly RepositoryEntity[]): Promise<App[]> {
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const tags = await tagsOf(manager, ids);
  const newestBuilds = [...(await newestOfEach(manager, BuildEntity, ids)).values()];
  const builds = new Map((await viewBuilds(manager, newestBuilds)).map((build) => [build.appId, build]));
  const built = await everBuilt(manager, ids);
  const launches = await newestOfEach(manager, LaunchEntity, ids);
  const recent = await recentLaunches(manager, ids);
  return rows.map((row) => {
    const launch = launches.get(row.id);
    return {
      id: row.id,
      slug: row.slug,
      name: row.name,
      description: row.description,
      repoUrl: row.publicUrl,
      ref: row.askedRef ?? row.foundRef,
      dockerfilePath: row.askedDockerfilePath ?? row.foundDockerfilePath,
      ingestStatus: row.ingestStatus,
      ingestError: errorOf(row),
      ingestAttempts: row.ingestAttempts,
      commitSha: row.commitSha,
      lastIngestedAt: instantOrNull(row.lastIngestedAt),
      tags: tags.get(row.id) ?? [],
      media: row.media,
      latestBuild: builds.get(row.id) ?? null,
      launchable: built.has(row.id),
      latestLaunch: launch ? launchView(launch) : null,
      popularity: { launches: row.launchCount, launches7d: recent.get(row.id) ?? 0 },
      createdAt: instant(row.createdAt),
      updatedAt: instant(row.updatedAt),
    };
  });
}

export async function viewApp(manager: EntityManager, row: RepositoryEntity): Promise<App> {
  const [app] = await viewApps(manager, [row]);
  if (!app) throw new Error('One row gives one app');
  return app;
}
