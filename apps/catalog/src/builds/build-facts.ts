import { Injectable } from '@nestjs/common';
import { buildCanceled, buildFailed, buildStarted, buildSucceeded, imageRemovalJob } from '@osiris/contracts';
import { type FactMeta, HandlesFact } from '@osiris/service-kit';
import type { z } from 'zod';
import { Inbox } from '../outbox/inbox';
import { Outbox } from '../outbox/outbox';
import { BuildEntity } from './build.entity';
import type { BuildEvent } from './build.machine';
import { type BuildChange, BuildsService } from './builds.service';

interface OfBuild {
  buildId: string;
  appId: string;
  attempt: number;
}
interface WithLog {
  logArtifactId: string | null;
  logLines: number;
  logBytes: number;
}
const logOf = ({ logArtifactId, logLines, logBytes }: WithLog) => ({ artifactId: logArtifactId, lines: logLines, bytes: logBytes });

/** Applies what build workers report. What comes of an earlier attempt, or of an app that is gone, counts for nothing. */
@Injectable()
export class BuildFacts {
  constructor(
    private readonly inbox: Inbox,
    private readonly outbox: Outbox,
    private readonly builds: BuildsService,
  ) {}

  @HandlesFact(buildStarted)
  async started(fact: z.output<typeof buildStarted.schema>, meta: FactMeta): Promise<void> {
    await this.apply(fact, meta, 'started', {});
  }

  @HandlesFact(buildSucceeded)
  async succeeded(fact: z.output<typeof buildSucceeded.schema>, meta: FactMeta): Promise<void> {
    const { image, ports, durationMs } = fact;
    await this.apply(fact, meta, 'succeeded', { image, ports, durationMs, log: logOf(fact) });
  }

  @HandlesFact(buildFailed)
  async failed(fact: z.output<typeof buildFailed.schema>, meta: FactMeta): Promise<void> {
    const { error, durationMs } = fact;
    await this.apply(fact, meta, 'failed', { error, durationMs, log: logOf(fact) });
  }

  @HandlesFact(buildCanceled)
  async canceled(fact: z.output<typeof buildCanceled.schema>, meta: FactMeta): Promise<void> {
    const error = { code: 'BUILD_CANCELED' as const, message: 'The build was canceled.' };
    await this.apply(fact, meta, 'canceled', { error, durationMs: fact.durationMs, log: logOf(fact) });
  }

  private async apply(fact: OfBuild, meta: FactMeta, event: BuildEvent, change: BuildChange): Promise<void> {
    await this.inbox.once(meta, async (tx) => {
      const row = await tx.manager.findOneBy(BuildEntity, { id: fact.buildId });
      if (!row) {
        // The app was deleted while it was built: nobody else will remove the image.
        if (change.image) await this.outbox.job(tx, imageRemovalJob, fact.appId, { appId: fact.appId, references: [change.image.reference] });
        return;
      }
      if (row.attempt === fact.attempt) await this.builds.advance(tx, row, event, change);
    });
  }
}
