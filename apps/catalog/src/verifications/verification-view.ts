import type { Verification } from '@osiris/contracts';
import { type EntityManager, In } from 'typeorm';
import { historyArtifact } from '../artifacts/artifact-view';
import { ArtifactEntity } from '../artifacts/artifact.entity';
import { errorOf, instantOrNull } from '../lifecycle/leased-row';
import { VerificationEntity } from './verification.entity';

function verificationView(row: VerificationEntity, screenshot: ArtifactEntity | undefined): Verification {
  return {
    status: row.status,
    bootMs: row.bootMs,
    memoryBytes: row.memoryBytes,
    port: row.port,
    readOnlyRoot: row.readOnlyRoot === null ? null : row.readOnlyRoot === 1,
    screenshot: screenshot ? historyArtifact(screenshot) : null,
    error: errorOf(row),
    lastLines: row.lastLines,
    at: instantOrNull(row.endedAt),
  };
}

/** By build id; those that have none are missing. */
export async function viewVerifications(manager: EntityManager, buildIds: readonly string[]): Promise<Map<string, Verification>> {
  if (buildIds.length === 0) return new Map();
  const rows = await manager.findBy(VerificationEntity, { buildId: In([...buildIds]) });
  const ids = rows.flatMap(({ screenshotArtifactId }) => screenshotArtifactId ?? []);
  const artifacts = ids.length === 0 ? [] : await manager.findBy(ArtifactEntity, { id: In(ids) });
  const byId = new Map(artifacts.map((artifact) => [artifact.id, artifact]));
  return new Map(rows.map((row) => [row.buildId, verificationView(row, byId.get(row.screenshotArtifactId ?? ''))]));
}

/** As it stands on a page with a hundred others: without what an app can make long. */
export const withoutOutput = ({ lastLines: _lines, ...verification }: Verification): Verification => ({ ...verification, lastLines: [] });

/** The catalogue offers what was seen running, and what the operator does not want to be looked at. */
export const isOffered = (verification: Verification | undefined): boolean => verification?.status === 'passed' || verification?.status === 'skipped';
