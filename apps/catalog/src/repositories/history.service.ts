import { Injectable } from '@nestjs/common';
import type { HistoryEntry } from '@osiris/contracts';
import type { EntityManager } from 'typeorm';
import { ArtifactEntity } from '../artifacts/artifact.entity';
import { historyArtifact } from '../artifacts/artifact-view';
import { BuildEntity } from '../builds/build.entity';
import { imageView, withoutLines } from '../builds/build-view';
import { Database } from '../database/database';
import { ImageEntity } from '../images/image.entity';
import { IngestionEventEntity } from '../ingestions/ingestion.entity';
import { LaunchEntity } from '../launches/launch.entity';
import { instant, instantOrNull } from '../lifecycle/leased-row';
import { findApp } from './repositories.repository';

const ENTRIES = 200;
const BUILD_MESSAGES = { pending: 'Waiting for a builder', running: 'Building', succeeded: 'Built', failed: 'The build failed', canceled: 'The build was canceled' };
const LAUNCH_MESSAGES = {
  pending: 'Waiting for a runner', starting: 'Starting', running: 'Running', stopping: 'Being stopped', stopped: 'Stopped', failed: 'Failed', expired: 'Its time was up',
}; // prettier-ignore

/** What happened to an app, newest first. */
@Injectable()
export class HistoryService {
  constructor(private readonly database: Database) {}

  async of(idOrSlug: string): Promise<{ items: HistoryEntry[] }> {
    return this.database.read(async (manager) => {
      const { id: repositoryId } = await findApp(manager, idOrSlug);
      const artifacts = await manager.findBy(ArtifactEntity, { repositoryId });
      const entries = [
        ...(await ingestions(manager, repositoryId, artifacts)),
        ...(await builds(manager, repositoryId, artifacts)),
        ...(await launches(manager, repositoryId, artifacts)),
      ];
      entries.sort((a, b) => (a.at === b.at ? 0 : a.at < b.at ? 1 : -1)); // stable: each kind comes newest first
      return { items: entries.slice(0, ENTRIES) };
    });
  }
}

async function ingestions(manager: EntityManager, repositoryId: string, artifacts: readonly ArtifactEntity[]): Promise<HistoryEntry[]> {
  const rows = await manager.find(IngestionEventEntity, { where: { repositoryId }, order: { id: 'DESC' }, take: ENTRIES });
  const shown = new Set<string>();
  return rows.map((row): HistoryEntry => {
    // What an ingestion left stands at its newest line.
    const first = !shown.has(row.ingestionId);
    shown.add(row.ingestionId);
    const { status, message, attempt, commitSha, durationMs } = row;
    const own = first ? artifacts.filter(({ ingestionId }) => ingestionId === row.ingestionId) : [];
    return { kind: 'ingestion', status, message, attempt, commitSha, durationMs, at: instant(row.at), artifacts: own.map(historyArtifact) };
  });
}

async function builds(manager: EntityManager, repositoryId: string, artifacts: readonly ArtifactEntity[]): Promise<HistoryEntry[]> {
  const rows = await manager.find(BuildEntity, { where: { repositoryId }, order: { id: 'DESC' }, take: ENTRIES });
  const images = new Map((await manager.findBy(ImageEntity, { repositoryId })).map((image) => [image.buildId, image]));
  return rows.map((row): HistoryEntry => {
    const image = images.get(row.id);
    return {
      kind: 'build',
      status: row.status,
      message: row.errorMessage ?? buildMessage(row),
      attempt: row.attempt,
      commitSha: row.commitSha,
      durationMs: row.durationMs,
      at: instant(row.completedAt ?? row.startedAt ?? row.queuedAt),
      artifacts: artifacts.filter(({ buildId }) => buildId === row.id).map(historyArtifact),
      buildId: row.id,
      ...(image ? { image: { ...imageView(image), removedAt: instantOrNull(image.removedAt) } } : {}),
      ...(row.failure ? { failure: withoutLines(row.failure) } : {}),
      ...(row.reusedBuildId === null ? {} : { reused: row.reusedBuildId }),
    };
  });
}

function buildMessage({ status, watches, reusedBuildId }: BuildEntity): string {
  if (status === 'pending' && watches !== null) return 'Waiting for the end of a build of the same commit';
  if (status === 'succeeded' && reusedBuildId !== null) return 'Found ready: nothing has changed since it was built';
  return BUILD_MESSAGES[status];
}

async function launches(manager: EntityManager, repositoryId: string, artifacts: readonly ArtifactEntity[]): Promise<HistoryEntry[]> {
  const rows = await manager.find(LaunchEntity, { where: { repositoryId }, order: { id: 'DESC' }, take: ENTRIES });
  const builds = new Map((await manager.findBy(BuildEntity, { repositoryId })).map(({ id, commitSha }) => [id, commitSha]));
  return rows.map((row): HistoryEntry => ({
    kind: 'launch',
    status: row.status,
    message: row.errorMessage ?? LAUNCH_MESSAGES[row.status],
    attempt: row.attempt,
    commitSha: builds.get(row.buildId) ?? null,
    durationMs: row.startedAt === null || row.endedAt === null ? null : row.endedAt - row.startedAt,
    at: instant(row.endedAt ?? row.startedAt ?? row.createdAt),
    artifacts: artifacts.filter(({ launchId }) => launchId === row.id).map(historyArtifact),
    buildId: row.buildId,
    launchId: row.id,
  }));
}
