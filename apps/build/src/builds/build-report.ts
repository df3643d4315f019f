import { Inject, Injectable } from '@nestjs/common';
import { type BuildFailure, type BuildJob, buildCanceled, buildFailed, buildStarted, buildSucceeded } from '@osiris/contracts';
import { Facts, LOGGER, type Logger } from '@osiris/service-kit';
import type { StoredLog } from './build-logs';
import { type BuiltImage, imageFact } from './built-image';
import { size } from './image-builder';

/** How one delivery of a build ended, other than by an error that brings it back. `pushedDigest`: null where there is no registry. */
export type Ending = { kind: 'succeeded'; built: BuiltImage; pushedDigest: string | null } | { kind: 'failed'; failure: BuildFailure } | { kind: 'canceled' };

const NO_LOG: StoredLog = { logArtifactId: null, logLinesArtifactId: null, logLines: 0, logBytes: 0 };

/** Tells the catalog what becomes of builds. */
@Injectable()
export class BuildReport {
  constructor(
    private readonly facts: Facts,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  started({ buildId, appId, attempt }: BuildJob): Promise<void> {
    return this.facts.publish(buildStarted, { buildId, appId, attempt, at: new Date().toISOString() });
  }

  /** @param begun by `performance.now()` */
  async ended(job: BuildJob, ending: Ending, begun: number, log: StoredLog = NO_LOG): Promise<void> {
    const durationMs = Math.round(performance.now() - begun);
    const fact = { buildId: job.buildId, appId: job.appId, attempt: job.attempt, at: new Date().toISOString(), ...log, durationMs };
    const about = { buildId: job.buildId, appId: job.appId, commitSha: job.commitSha, durationMs, logLines: log.logLines };
    if (ending.kind === 'succeeded') {
      const { built, pushedDigest } = ending;
      const { image, bases, reusedBuildId } = built;
      await this.facts.publish(buildSucceeded, { ...fact, image: imageFact(built, pushedDigest), ports: image.ports, config: image.config, bases, reusedBuildId });
      this.logger.info({ ...about, image: built.reference, bytes: image.bytes, reusedBuildId }, 'build succeeded');
    } else if (ending.kind === 'failed') {
      const { code, message } = ending.failure;
      await this.facts.publish(buildFailed, { ...fact, error: { code, message }, failure: ending.failure });
      this.logger.info({ ...about, code }, 'build failed');
    } else {
      await this.facts.publish(buildCanceled, fact);
      this.logger.info(about, 'build canceled');
    }
  }
}

/** The last line of a log. */
export function lastWords(ending: Ending, begun: number): string {
  if (ending.kind === 'canceled') return 'Canceled';
  if (ending.kind === 'failed') return `FAILED ${ending.failure.code}: ${ending.failure.message}`;
  const { reference, image } = ending.built;
  return `Built ${reference}, ${size(image.bytes)}, in ${((performance.now() - begun) / 1000).toFixed(1)} s`;
}
