import { Injectable } from '@nestjs/common';
import { buildCanceled, buildFailed, buildStarted, buildSucceeded } from '@osiris/contracts';
import { type FactMeta, HandlesFact } from '@osiris/service-kit';
import type { z } from 'zod';
import type { Transaction } from '../database/database';
import { discardImages } from '../images/discard-images';
import { Inbox } from '../outbox/inbox';
import { Outbox } from '../outbox/outbox';
import { BuildEntity } from './build.entity';
import type { BuildEvent } from './build.machine';
import { type BuildChange, BuildLifecycle } from './build-lifecycle';
import { makerOf } from './ready-image';

interface OfBuild {
  buildId: string;
  appId: string;
  attempt: number;
}
interface WithLog {
  logArtifactId: string | null;
  logLinesArtifactId?: string | null | undefined;
  logLines: number;
  logBytes: number;
}
const logOf = ({ logArtifactId, logLinesArtifactId = null, logLines, logBytes }: WithLog) => ({ artifactId: logArtifactId, linesArtifactId: logLinesArtifactId, lines: logLines, bytes: logBytes });

/** Applies what build workers report. What comes of an earlier attempt, or of an app that is gone, counts for nothing. */
@Injectable()
export class BuildFacts {
  constructor(
    private readonly inbox: Inbox,
    private readonly outbox: Outbox,
    private readonly builds: BuildLifecycle,
  ) {}

  @HandlesFact(buildStarted)
  async started(fact: z.output<typeof buildStarted.schema>, meta: FactMeta): Promise<void> {
    await this.apply(fact, meta, 'started', {});
  }

  @HandlesFact(buildSucceeded)
  async succeeded(fact: z.output<typeof buildSucceeded.schema>, meta: FactMeta): Promise<void> {
    const { image, ports, config, bases, reusedBuildId, durationMs } = fact;
    await this.apply(fact, meta, 'succeeded', { image, ports, config, bases, reusedBuildId: reusedBuildId ?? null, durationMs, log: logOf(fact) });
  }

  @HandlesFact(buildFailed)
  async failed(fact: z.output<typeof buildFailed.schema>, meta: FactMeta): Promise<void> {
    const { error, failure, durationMs } = fact;
    await this.apply(fact, meta, 'failed', { error, failure, durationMs, log: logOf(fact) });
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
        if (change.image) await discardImages(tx, this.outbox, fact.appId, [change.image]);
        return;
      }
      if (row.attempt === fact.attempt) await this.builds.advance(tx, row, event, await taken(tx, change));
    });
  }
}

/** An image that was found ready: the build that made it is told, with the length of its log, which is this one's too. */
async function taken(tx: Transaction, change: BuildChange): Promise<BuildChange> {
  if (!change.reusedBuildId) return change;
  const reusedBuildId = await makerOf(tx.manager, change.reusedBuildId);
  const maker = await tx.manager.findOneBy(BuildEntity, { id: reusedBuildId });
  return { ...change, reusedBuildId, log: { artifactId: null, linesArtifactId: null, lines: maker?.logLines ?? 0, bytes: maker?.logBytes ?? 0 } };
}
