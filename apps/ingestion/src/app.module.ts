import { Module } from '@nestjs/common';
import { GitFetcher, GitVersion } from '@osiris/git';
import { ENV } from '@osiris/service-kit';
import type { Env } from './env';
import { BillsOfMaterials } from './bill-of-materials/bills-of-materials';
import { GitCheck } from './git/git-check';
import { IngestionLogs } from './ingestions/ingestion-logs';
import { IngestionsService } from './ingestions/ingestions.service';
import { IngestionsWorker } from './ingestions/ingestions.worker';
import { ScratchFolder } from './ingestions/scratch-folder';
import { Pictures } from './pictures/pictures';
import { RepositoryChecksWorker } from './repository-checks/repository-checks.worker';

function gitFetcher(env: Env): GitFetcher {
  return new GitFetcher({
    allowedRoots: env.GIT_ALLOWED_ROOTS,
    allowPrivateHosts: env.GIT_ALLOW_PRIVATE_HOSTS,
    timeoutMs: env.INGEST_TIMEOUT_SECONDS * 1000,
    maxBytes: env.INGEST_MAX_BYTES,
  });
}

@Module({
  providers: [IngestionsWorker, RepositoryChecksWorker, IngestionsService, IngestionLogs, Pictures, BillsOfMaterials, ScratchFolder, GitCheck, GitVersion, { provide: GitFetcher, useFactory: gitFetcher, inject: [ENV] }],
})
export class AppModule {}
