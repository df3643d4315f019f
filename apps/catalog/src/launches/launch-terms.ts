import type { BuildEntity } from '../builds/build.entity';
import type { RepositoryEntity } from '../repositories/repository.entity';
import type { VerificationEntity } from '../verifications/verification.entity';

export interface LaunchTerms {
  port: number | null;
  healthPath: string | null;
  readOnlyRoot: boolean;
}

/**
 * How a build's container is made and asked whether it is up, whoever it is made for: a launch takes a seat only where both
 * were made on the same terms.
 */
export function launchTerms(
  repository: Pick<RepositoryEntity, 'commitSha' | 'port' | 'healthPath'>,
  build: Pick<BuildEntity, 'commitSha' | 'ports'>,
  seen: Pick<VerificationEntity, 'port' | 'readOnlyRoot'> | null,
): LaunchTerms {
  // What ingestion read of the app counts for the commit it was read from.
  const said = build.commitSha === repository.commitSha ? repository : null;
  return { port: seen?.port ?? said?.port ?? build.ports[0] ?? null, healthPath: said?.healthPath ?? null, readOnlyRoot: seen?.readOnlyRoot === 1 };
}
