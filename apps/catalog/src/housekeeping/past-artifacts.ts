import type { ArtifactPlan } from '@osiris/contracts';
import type { EntityManager } from 'typeorm';
import { select } from '../database/select';

/**
 * Artifacts that nobody needs any more, older than a given instant: logs but for those of the newest build that succeeded
 * (and of the build that made its image), of the newest reading, and of what is not over; bills of materials but for the
 * newest; screenshots of images that are gone. Pictures are not among them: those that are shown stay, the others go with the next reading.
 */
const PAST = `FROM artifacts a WHERE a.created_at < ? AND (
    (a.kind = 'ingestion-log' AND a.ingestion_id IS DISTINCT FROM (SELECT MAX(i.id) FROM ingestions i WHERE i.repository_id = a.repository_id))
    OR (a.kind IN ('build-log', 'build-log-lines')
      AND NOT EXISTS (SELECT 1 FROM builds b WHERE b.id = a.build_id AND b.status IN ('pending', 'running'))
      AND NOT EXISTS (SELECT 1 FROM builds n WHERE (n.id = a.build_id OR n.reused_build_id = a.build_id)
        AND n.id = (SELECT MAX(s.id) FROM builds s WHERE s.repository_id = n.repository_id AND s.status = 'succeeded')))
    OR (a.kind = 'launch-log' AND NOT EXISTS (SELECT 1 FROM launches l WHERE l.id = a.launch_id AND l.status IN ('pending', 'starting', 'running', 'stopping')))
    OR (a.kind = 'screenshot' AND NOT EXISTS (SELECT 1 FROM verifications v JOIN images i ON i.build_id = v.build_id WHERE v.screenshot_artifact_id = a.id AND i.removed_at IS NULL))
    OR (a.kind = 'bill-of-materials' AND EXISTS (SELECT 1 FROM artifacts o
      WHERE o.repository_id = a.repository_id AND o.kind = 'bill-of-materials' AND (o.created_at > a.created_at OR (o.created_at = a.created_at AND o.id > a.id)))))`;

export type PastArtifact = ArtifactPlan['items'][number] & { objectKey: string };

/** The oldest of them. @param before milliseconds since 1970 */
export async function pastArtifacts(manager: EntityManager, before: number, limit: number): Promise<PastArtifact[]> {
  type Row = Omit<PastArtifact, 'bytes' | 'createdAt'> & { bytes: number | string; createdAt: number | string };
  const rows = await select<Row>(
    manager,
    `SELECT a.id AS "id", a.kind AS "kind", a.repository_id AS "appId", a.bytes AS "bytes", a.created_at AS "createdAt", a.object_key AS "objectKey"
     ${PAST} ORDER BY a.created_at, a.id LIMIT ${limit}`,
    [before],
  );
  return rows.map((row) => ({ ...row, bytes: Number(row.bytes), createdAt: new Date(Number(row.createdAt)).toISOString() }));
}

export async function countPastArtifacts(manager: EntityManager, before: number): Promise<{ count: number; bytes: number }> {
  const [row] = await select<{ count: number | string; bytes: number | string }>(manager, `SELECT COUNT(*) AS "count", COALESCE(SUM(a.bytes), 0) AS "bytes" ${PAST}`, [before]);
  return { count: Number(row?.count ?? 0), bytes: Number(row?.bytes ?? 0) };
}
