import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { type ErrorData, launchEnded } from '@osiris/contracts';
import { Sandboxes } from '@osiris/engine';
import { Facts, LOGGER, type Logger } from '@osiris/service-kit';
import type { Preview } from '../previews/preview';
import { PreviewRoutes } from '../previews/preview-routes.service';
import { Previews } from '../previews/previews.service';
import { endReason } from './end-reasons';

const STOP_GRACE_SECONDS = 5;
const REST_OF_OUTPUT_MS = 2_000;
const LAST_LINES = 12;
/** 128 + SIGKILL */
const KILLED = 137;
const SECOND_LOOK_MS = 300;

export interface Ending {
  outcome: 'stopped' | 'expired' | 'failed';
  error: ErrorData | null;
  /** The attempt the end counts for, where it is not the container's own. */
  attempt?: number;
}

/** Ends previews, each once: route, container, log, fact, in this order, so that a crash in between is made good later. */
@Injectable()
export class LaunchEnder {
  constructor(
    private readonly previews: Previews,
    private readonly routes: PreviewRoutes,
    private readonly sandboxes: Sandboxes,
    private readonly facts: Facts,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Ends it and reports so; who asks while it is being ended waits for that end. @throws where the engine or NATS is away. */
  end(preview: Preview, ending: Ending): Promise<void> {
    return this.once(preview, async () => {
      await this.removeRoute(preview.launchId);
      await this.sandboxes.stop(preview.containerId, STOP_GRACE_SECONDS);
      const state = await this.sandboxes.inspect(preview.containerId);
      const logArtifactId = await preview.output.finish(REST_OF_OUTPUT_MS);
      await this.facts.publish(launchEnded, {
        at: new Date().toISOString(),
        launchId: preview.launchId,
        appId: preview.appId,
        attempt: ending.attempt ?? preview.attempt,
        outcome: ending.outcome,
        error: ending.error,
        exitCode: state?.exitCode ?? null,
        logArtifactId,
      });
      // Only now: until the end was told, the container is what a restarted runner would learn of it from.
      await this.sandboxes.remove(preview.containerId);
      this.logger.info({ launchId: preview.launchId, outcome: ending.outcome, code: ending.error?.code }, 'launch ended');
    });
  }

  /** Its container has ended by itself: finds out why and reports that. */
  async endDead(preview: Preview): Promise<void> {
    if (preview.ending) return preview.ending;
    const error = await this.whyDead(preview);
    await this.end(preview, { outcome: 'failed', error });
  }

  private async whyDead(preview: Preview): Promise<ErrorData> {
    let state = await this.sandboxes.inspect(preview.containerId);
    if (state?.exitCode === KILLED && !state.outOfMemory) {
      // Killed, and not for its memory: perhaps somebody is removing it, or the engine has yet to note the memory.
      await sleep(SECOND_LOOK_MS);
      state = await this.sandboxes.inspect(preview.containerId);
    }
    const lines = state ? await this.sandboxes.lastLines(preview.containerId, LAST_LINES).catch(() => []) : [];
    const texts = lines.map(({ text }) => preview.mask(text));
    return endReason(state, texts, preview.address !== undefined);
  }

  /** Removes what nobody wants any more, without a word to the catalog, which has already decided. */
  discard(preview: Preview): Promise<void> {
    return this.once(preview, async () => {
      await this.removeRoute(preview.launchId);
      await this.sandboxes.remove(preview.containerId);
      this.logger.info({ launchId: preview.launchId }, 'A container that is no longer wanted was removed');
    });
  }

  /** Ends it for another container of the same launch, which goes on: what it printed is kept, and no end is told. */
  makeWay(preview: Preview): Promise<void> {
    return this.once(preview, async () => {
      await this.removeRoute(preview.launchId);
      await this.sandboxes.stop(preview.containerId, STOP_GRACE_SECONDS);
      await preview.output.finish(REST_OF_OUTPUT_MS);
      await this.sandboxes.remove(preview.containerId);
      preview.madeWay = true;
      this.logger.info({ launchId: preview.launchId, attempt: preview.attempt }, 'A container made way for the next one of its launch');
    });
  }

  /** The end of a launch that has no container here. */
  async reportWithoutContainer(launch: { launchId: string; appId: string; attempt: number }, ending: Ending): Promise<void> {
    await this.removeRoute(launch.launchId);
    const { launchId, appId, attempt } = launch;
    const { outcome, error } = ending;
    await this.facts.publish(launchEnded, { at: new Date().toISOString(), launchId, appId, attempt, outcome, error, exitCode: null, logArtifactId: null });
  }

  private once(preview: Preview, work: () => Promise<void>): Promise<void> {
    preview.ending ??= (async () => {
      try {
        await work();
      } catch (error) {
        // Not ended: the next one who asks (job, reconciliation) tries again.
        preview.ending = undefined;
        throw error;
      }
      this.previews.drop(preview);
      await preview.output.dispose().catch((error: unknown) => this.logger.debug({ err: error }, 'A log spool stays behind'));
    })();
    return preview.ending;
  }

  private async removeRoute(launchId: string): Promise<void> {
    // Without a container the proxy answers that the app is gone; the route alone does no harm and expires.
    await this.routes.remove(launchId).catch((error: unknown) => this.logger.warn({ err: error, launchId }, 'A preview route could not be removed'));
  }
}
