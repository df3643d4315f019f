import { Inject, Injectable } from '@nestjs/common';
import { DomainError, repositoryChecked, type RepositoryCheckJob, repositoryCheckJob } from '@osiris/contracts';
import { GitFetcher } from '@osiris/git';
import { Facts, HandlesJob, type JobContext, LOGGER, type Logger } from '@osiris/service-kit';
import { ScratchFolder } from '../ingestions/scratch-folder';

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
    try {
      const { commitSha } = await this.git.lsRemote({ repoUrl, ref, scratchParent: this.scratch.path, signal });
      return { commitSha, error: null };
    } catch (error) {
      // Shutting down is no answer: another instance asks.
      if (signal.aborted) throw error;
      if (!(error instanceof DomainError)) this.logger.error({ err: error, checkId }, 'A repository could not be checked, unexpectedly');
      const { code, message } = error instanceof DomainError ? error : new DomainError('INTERNAL', 'Something unexpected happened while the repository was asked');
      return { commitSha: null, error: { code, message } };
    }
  }
}
