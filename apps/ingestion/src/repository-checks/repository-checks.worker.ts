import { Inject, Injectable } from '@nestjs/common';
import { DomainError, repositoryChecked, type RepositoryCheckJob, repositoryCheckJob } from '@osiris/contracts';
import { GitFetcher } from '@osiris/git';
import { Facts, HandlesJob, type JobContext, LOGGER, type Logger } from '@osiris/service-kit';
import { ScratchFolder } from '../ingestions/scratch-folder';

/** Milliseconds. Whoever needs longer to name a commit must not keep the others waiting; a reading that is asked for has its own time. */
const MAX_TIME = 30_000;

/** Does the jobs that ask where a ref points now. Whatever comes of it is a fact: when to ask again is the catalog's to say. */
@Injectable()
export class RepositoryChecksWorker {
  constructor(
    private readonly git: GitFetcher,
    private readonly scratch: ScratchFolder,
    private readonly facts: Facts,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  @HandlesJob(repositoryCheckJob)
  async check({ payload, signal }: JobContext<RepositoryCheckJob>): Promise<void> {
    const { appId, checkId } = payload;
    const found = await this.look(payload, signal);
    await this.facts.publish(repositoryChecked, { at: new Date().toISOString(), appId, checkId, ...found });
  }

  private async look({ checkId, repoUrl, ref }: RepositoryCheckJob, signal: AbortSignal) {
    const late = AbortSignal.timeout(MAX_TIME);
    try {
      const { commitSha } = await this.git.lsRemote({ repoUrl, ref, scratchParent: this.scratch.path, signal: AbortSignal.any([signal, late]) });
      return { commitSha, error: null };
    } catch (error) {
      // Shutting down is no answer: another instance asks.
      if (signal.aborted) throw error;
      if (late.aborted) return { commitSha: null, error: { code: 'REPO_TIMEOUT' as const, message: `The repository did not answer within ${MAX_TIME / 1_000} s` } };
      if (!(error instanceof DomainError)) this.logger.error({ err: error, checkId }, 'A repository could not be checked, unexpectedly');
      const { code, message } = error instanceof DomainError ? error : new DomainError('INTERNAL', 'Something unexpected happened while the repository was asked');
      return { commitSha: null, error: { code, message } };
    }
  }
}
