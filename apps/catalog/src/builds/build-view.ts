import { type Build, type BuildFailure, ERROR_CODES, type Image, type Verification } from '@osiris/contracts';
import { type EntityManager, In } from 'typeorm';
import { ImageEntity } from '../images/image.entity';
import { errorOf, instant, instantOrNull } from '../lifecycle/leased-row';
import { viewVerifications, withoutOutput } from '../verifications/verification-view';
import { BuildEntity } from './build.entity';

export const imageView = ({ reference, digest, bytes }: ImageEntity): Image => ({ reference, digest, bytes });

/** A build as the API shows it, but for `queue`: a place changes with every other build, and is told to who asks for this one. */
export function buildView(row: BuildEntity, image: ImageEntity | null, verification: Verification | null): Build {
  const watches = row.status === 'pending' ? row.watches : null;
  return {
    id: row.id,
    appId: row.repositoryId,
    commitSha: row.commitSha,
    status: row.status,
    error: errorOf(row),
    failure: failureOf(row),
    image: image && { ...imageView(image), config: image.config, bases: row.bases ?? [], removedAt: instantOrNull(image.removedAt) },
    dockerfilePath: row.dockerfilePath,
    target: row.target,
    args: row.args,
    watches,
    reused: row.reusedBuildId,
    verification,
    log: { url: `/builds/${watches ?? row.id}/log`, bytes: row.logBytes, lines: row.logLines },
    queuedAt: instant(row.queuedAt),
    startedAt: instantOrNull(row.startedAt),
    completedAt: instantOrNull(row.completedAt),
    durationMs: row.durationMs,
  };
}

/** Builds that failed before failures were kept as data have what their error says. */
export function failureOf(row: BuildEntity): BuildFailure | null {
  const error = row.status === 'failed' ? errorOf(row) : null;
  return error && (row.failure ?? { ...error, retryable: ERROR_CODES[error.code].retryable });
}

export const withoutLines = ({ lastLines: _lines, ...failure }: BuildFailure): BuildFailure => failure;

/** As a build stands on a page with a hundred others: without what a Dockerfile's author can make long. */
export function brief({ args: _args, failure, image, verification, ...build }: Build): Build {
  return { ...build, verification: verification ? withoutOutput(verification) : null, failure: failure ? withoutLines(failure) : null, image: image && { reference: image.reference, digest: image.digest, bytes: image.bytes, removedAt: image.removedAt } };
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
  const verifications = await viewVerifications(manager, images.map(({ buildId }) => buildId));
  return rows.map((row) => buildView(row, byBuild.get(row.id) ?? null, verifications.get(row.id) ?? null));
}
