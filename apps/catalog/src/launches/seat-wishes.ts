import { Injectable } from '@nestjs/common';
import type { SeatWish } from '@osiris/contracts';
import type { EntityManager } from 'typeorm';
import { Database } from '../database/database';
import { inList, select } from '../database/select';
import { chosenBuild } from '../verifications/chosen-build';
import { launchTerms } from './launch-terms';
import { DEMAND_WINDOW_MS, seatDemand, type SeatInterest } from './seat-demand';

/** More apps than any runner's memory holds seats of. */
const MOST_APPS = 24;
const MOST_LAUNCHES = 2_000;
/** What was built last is looked at first by those who come. */
const LATEST_IMAGES = 100;

interface Row {
  appId: string;
  slug: string;
  appCommit: string | null;
  appPort: number | null;
  healthPath: string | null;
  buildId: string;
  commit: string;
  /** JSON */
  ports: string;
  imageReference: string;
  seenPort: number | null;
  readOnlyRoot: number | null;
}

/** Which builds a runner should keep seats of. */
@Injectable()
export class SeatWishes {
  constructor(private readonly database: Database) {}

  /** Those most in demand first: of each app the build that a launch would run, unless it is yet to be seen running. */
  async all(now = Date.now()): Promise<SeatWish[]> {
    return this.database.read(async (manager) => {
      const demand = seatDemand(await interest(manager, now), now, MOST_APPS);
      if (demand.length === 0) return [];
      const rows = await runnable(manager, demand.map(({ appId }) => appId));
      return demand.flatMap(({ appId, wanted, pinned }) => {
        const row = rows.get(appId);
        return row ? [{ ...wishFor(row), wanted, pinned }] : [];
      });
    });
  }
}

function wishFor({ appId, slug, buildId, imageReference, ...row }: Row): Omit<SeatWish, 'wanted' | 'pinned'> {
  const repository = { commitSha: row.appCommit, port: row.appPort, healthPath: row.healthPath };
  const build = { commitSha: row.commit, ports: JSON.parse(row.ports) as number[] };
  return { appId, buildId, slug, imageReference, ...launchTerms(repository, build, { port: row.seenPort, readOnlyRoot: row.readOnlyRoot }) };
}

async function interest(manager: EntityManager, now: number): Promise<SeatInterest> {
  const pinned = await select<{ id: string }>(manager, 'SELECT id AS "id" FROM repositories WHERE pinned = 1 ORDER BY id LIMIT ?', [MOST_APPS]);
  const launches = await select<{ appId: string; at: number | string }>(
    manager,
    'SELECT repository_id AS "appId", created_at AS "at" FROM launches WHERE created_at > ? ORDER BY created_at DESC LIMIT ?',
    [now - DEMAND_WINDOW_MS, MOST_LAUNCHES],
  );
  const latest = await select<{ appId: string }>(manager, 'SELECT repository_id AS "appId" FROM images WHERE removed_at IS NULL ORDER BY build_id DESC LIMIT ?', [LATEST_IMAGES]);
  return { pinned: pinned.map(({ id }) => id), launches: launches.map(({ appId, at }) => ({ appId, at: Number(at) })), rest: latest.map(({ appId }) => appId) };
}

/** By app. One that failed to come up is not tried over and over, and one that is about to be looked at is not disturbed. */
async function runnable(manager: EntityManager, appIds: readonly string[]): Promise<Map<string, Row>> {
  const { marks, parameters } = inList(appIds);
  const rows = await select<Row>(
    manager,
    `SELECT r.id AS "appId", r.slug AS "slug", r.commit_sha AS "appCommit", r.port AS "appPort", r.health_path AS "healthPath",
       b.id AS "buildId", b.commit_sha AS "commit", b.ports AS "ports", i.reference AS "imageReference",
       v.port AS "seenPort", v.read_only_root AS "readOnlyRoot"
     FROM repositories r JOIN builds b ON b.id = (${chosenBuild('r.id')}) JOIN images i ON i.build_id = b.id LEFT JOIN verifications v ON v.build_id = b.id
     WHERE r.id IN (${marks}) AND (v.status IS NULL OR v.status IN ('passed', 'skipped'))`,
    parameters,
  );
  return new Map(rows.map((row) => [row.appId, row]));
}
