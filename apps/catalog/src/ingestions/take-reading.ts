import type { DockerfileChoice, ingestionCompleted, IngestionWarning } from '@osiris/contracts';
import type { EntityManager } from 'typeorm';
import type { z } from 'zod';
import { readState, writeState } from '../outbox/hub-state';
import { isNewer } from '../refresh/refresh-decision';
import type { RepositoryEntity } from '../repositories/repository.entity';

/** An app stands on pages with a hundred others: what a strange repository can put into it is bounded, in characters of JSON. */
const WARNINGS_LENGTH = 4_000;
const OTHERS_LENGTH = 2_000;
/** What can be asked for as it is: printable ASCII without spaces, no longer than a launch's job takes. */
const HEALTH_PATH = /^\/(?!\/)[!-~]{0,1000}$/;

/** Puts what a worker read of a commit into the entry. Tags have a table of their own. */
export function takeReading(repository: RepositoryEntity, { commitSha, ref, dockerfile, metadata, media, warnings, readBy }: z.output<typeof ingestionCompleted.schema>): void {
  Object.assign(repository, {
    commitSha,
    media,
    foundRef: ref,
    foundDockerfilePath: dockerfile.path,
    dockerfileChoice: { ...dockerfile, reason: dockerfile.reason.slice(0, 300), others: asManyAsFit(dockerfile.others, OTHERS_LENGTH) } satisfies DockerfileChoice,
    ingestedName: metadata.name?.trim().slice(0, 120) || null,
    ingestedDescription: metadata.description?.trim().slice(0, 2_000) || null,
    readmeSummary: metadata.readmeSummary?.trim().slice(0, 2_000) || null,
    port: metadata.port,
    healthPath: metadata.healthPath !== null && HEALTH_PATH.test(metadata.healthPath) ? metadata.healthPath : null,
    ingestWarnings: boundedWarnings(warnings),
    readBy: readBy ?? null,
  });
}

function boundedWarnings(warnings: readonly IngestionWarning[]): IngestionWarning[] {
  const kept = asManyAsFit(warnings, WARNINGS_LENGTH);
  const left = warnings.length - kept.length;
  if (left === 0) return kept;
  return [...kept, { code: 'FILE_TRUNCATED', message: `${left} more ${left === 1 ? 'warning is' : 'warnings are'} not listed`, path: null, line: null }];
}

function asManyAsFit<T>(items: readonly T[], length: number): T[] {
  let used = 0;
  const end = items.findIndex((item) => (used += JSON.stringify(item).length) > length);
  return items.slice(0, end === -1 ? undefined : end);
}

/** Keeps the newest version of the readers that there was: apps that an older one has read are read anew in their time. */
export async function rememberReaders(manager: EntityManager, version: string): Promise<void> {
  const known = await readState(manager, 'readers.newest');
  if (known === null || isNewer(version, known)) await writeState(manager, 'readers.newest', version);
}
