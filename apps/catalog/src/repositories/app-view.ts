import { type App, type BuildArgs, type AppDockerfile, type DockerfileChoice, DomainError, type IngestionWarning, type Media, pictureUrl, type Verification } from '@osiris/contracts';
import { type EntityManager, In } from 'typeorm';
import { historyArtifact } from '../artifacts/artifact-view';
import { ArtifactEntity } from '../artifacts/artifact.entity';
import { brief, viewBuildsById } from '../builds/build-view';
import { inList, select } from '../database/select';
import { viewLaunchesById } from '../launches/launch-view';
import { errorOf, instant, instantOrNull } from '../lifecycle/leased-row';
import { tagsOf } from '../tags/tags.repository';
import { chosenBuild } from '../verifications/chosen-build';
import { isOffered, viewVerifications, withoutOutput } from '../verifications/verification-view';
import type { RepositoryEntity } from './repository.entity';

export const POPULARITY_WINDOW_MS = 7 * 24 * 3_600_000;

/** What of a row is shown, and what lies in other tables under its id. PostgreSQL answers 64 bits as text. */
type ShownRow = Pick<
  RepositoryEntity,
  | 'id' | 'slug' | 'name' | 'description' | 'publicUrl' | 'askedRef' | 'foundRef' | 'askedDockerfilePath' | 'foundDockerfilePath' | 'ingestStatus'
  | 'errorCode' | 'errorMessage' | 'ingestAttempts' | 'commitSha' | 'launchCount' | 'pinned' | 'buildTarget'
> & {
  media: string;
  ingestWarnings: string;
  dockerfileChoice: string | null;
  buildArgs: string;
  lastIngestedAt: number | string | null;
  createdAt: number | string;
  updatedAt: number | string;
  /** Newest of each: ids grow with time. */
  buildId: string | null;
  launchId: string | null;
  billId: string | null;
  /** What a launch runs; null where there is no image. */
  chosenId: string | null;
  launches7d: number | string;
}; // prettier-ignore

const SHOWN = `SELECT r.id AS "id", r.slug AS "slug", r.name AS "name", r.description AS "description", r.public_url AS "publicUrl",
  r.asked_ref AS "askedRef", r.found_ref AS "foundRef", r.asked_dockerfile_path AS "askedDockerfilePath", r.found_dockerfile_path AS "foundDockerfilePath",
  r.ingest_status AS "ingestStatus", r.error_code AS "errorCode", r.error_message AS "errorMessage", r.ingest_attempts AS "ingestAttempts",
  r.commit_sha AS "commitSha", r.last_ingested_at AS "lastIngestedAt", r.launch_count AS "launchCount", r.pinned AS "pinned", r.media AS "media",
  r.ingest_warnings AS "ingestWarnings", r.dockerfile_choice AS "dockerfileChoice",
  r.build_target AS "buildTarget", r.build_args AS "buildArgs",
  r.created_at AS "createdAt", r.updated_at AS "updatedAt",
  (SELECT MAX(b.id) FROM builds b WHERE b.repository_id = r.id) AS "buildId",
  (${chosenBuild('r.id')}) AS "chosenId",
  (SELECT a.id FROM artifacts a WHERE a.repository_id = r.id AND a.kind = 'bill-of-materials' ORDER BY a.created_at DESC LIMIT 1) AS "billId",
  (SELECT MAX(l.id) FROM launches l WHERE l.repository_id = r.id) AS "launchId",
  (SELECT COUNT(*) FROM launches l WHERE l.repository_id = r.id AND l.created_at > ?) AS "launches7d"
  FROM repositories r`;

/**
 * Apps as the API shows them, by id; those that are gone are missing. Two queries for all of them together, some more where
 * there are builds, launches or bills of materials: without entities, for a page of search results is read this way.
 *
 * @param options.whole also with what can be long: a page of a hundred is one message of at most 1 MiB
 */
export async function viewApps(manager: EntityManager, ids: readonly string[], { whole = false } = {}): Promise<Map<string, App>> {
  if (ids.length === 0) return new Map();
  const { marks, parameters } = inList(ids);
  const rows = await select<ShownRow>(manager, `${SHOWN} WHERE r.id IN (${marks})`, [Date.now() - POPULARITY_WINDOW_MS, ...parameters]);
  const tags = await tagsOf(manager, ids);
  const builds = await viewBuildsById(manager, rows.flatMap(({ buildId }) => buildId ?? []));
  if (!whole) for (const [id, build] of builds) builds.set(id, brief(build));
  const bills = await billsById(manager, rows.flatMap(({ billId }) => billId ?? []));
  const launches = await viewLaunchesById(manager, rows.flatMap(({ launchId }) => launchId ?? []));
  const verifications = await viewVerifications(manager, rows.flatMap(({ chosenId }) => chosenId ?? []));
  if (!whole) for (const [id, verification] of verifications) verifications.set(id, withoutOutput(verification));
  const apps = rows.map((row): App => ({
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
    lastIngestedAt: instantOrNull(row.lastIngestedAt === null ? null : Number(row.lastIngestedAt)),
    ingestWarnings: JSON.parse(row.ingestWarnings) as IngestionWarning[],
    dockerfile: dockerfileOf(row),
    buildTarget: row.buildTarget,
    ...(whole ? { buildArgs: JSON.parse(row.buildArgs) as BuildArgs } : {}),
    billOfMaterials: bills.get(row.billId ?? '') ?? null,
    tags: tags.get(row.id) ?? [],
    media: [...pictureOf(row, verifications.get(row.chosenId ?? '')), ...(JSON.parse(row.media) as Media[])],
    latestBuild: builds.get(row.buildId ?? '') ?? null,
    launchable: row.chosenId !== null,
    offered: isOffered(verifications.get(row.chosenId ?? '')),
    verification: verifications.get(row.chosenId ?? '') ?? null,
    latestLaunch: launches.get(row.launchId ?? '') ?? null,
    pinned: row.pinned === 1,
    popularity: { launches: row.launchCount, launches7d: Number(row.launches7d) },
    createdAt: instant(Number(row.createdAt)),
    updatedAt: instant(Number(row.updatedAt)),
  }));
  return new Map(apps.map((app) => [app.id, app]));
}

/** How it looks as it runs, before all pictures that its README shows. */
function pictureOf({ name }: ShownRow, verification: Verification | undefined): Media[] {
  const screenshot = verification?.screenshot;
  return screenshot ? [{ kind: 'image', url: pictureUrl(screenshot.id), title: `${name} as it runs` }] : [];
}

async function billsById(manager: EntityManager, ids: readonly string[]) {
  const rows = ids.length === 0 ? [] : await manager.findBy(ArtifactEntity, { id: In([...ids]) });
  return new Map(rows.map((row) => [row.id, historyArtifact(row)]));
}

function dockerfileOf({ dockerfileChoice, askedDockerfilePath }: ShownRow): AppDockerfile | null {
  if (dockerfileChoice === null) return null;
  return { ...(JSON.parse(dockerfileChoice) as DockerfileChoice), asked: askedDockerfilePath !== null };
}

/** As the tables say by now. @throws DomainError NOT_FOUND */
export async function viewApp(manager: EntityManager, id: string): Promise<App> {
  const app = (await viewApps(manager, [id], { whole: true })).get(id);
  if (!app) throw new DomainError('NOT_FOUND', 'There is no such app.');
  return app;
}
