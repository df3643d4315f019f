import { join } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import { type BuildJob, DomainError, type ErrorData, redactUrl } from '@osiris/contracts';
import { type BuildFailure, buildImage, EngineConnection, type EngineImage, EngineImages } from '@osiris/engine';
import { GitFetcher } from '@osiris/git';
import { ENV } from '@osiris/service-kit';
import { type BuildContext, readBuildContext } from '../contexts/build-context';
import type { BuildEnv } from '../env';
import { Workspaces } from '../workspaces/workspaces';
import type { BuildLog } from './build-logs';
import { identifyingLabels, imageLabels, imageName } from './image-name';

export interface BuiltImage {
  reference: string;
  image: EngineImage;
}
export type ImageOutcome = { status: 'succeeded'; built: BuiltImage } | { status: 'failed'; error: ErrorData };

/** Turns one commit into one image. */
@Injectable()
export class ImageBuilder {
  constructor(
    private readonly engine: EngineConnection,
    private readonly images: EngineImages,
    private readonly git: GitFetcher,
    private readonly workspaces: Workspaces,
    @Inject(ENV) private readonly env: BuildEnv,
  ) {}

  /** The image of this build, where an earlier delivery of the same job came as far as making it. */
  async findBuilt(job: BuildJob): Promise<BuiltImage | null> {
    const labels = Object.entries(identifyingLabels(job, this.env.HUB_ID)).map(([name, value]) => `${name}=${value}`);
    const image = await this.images.findImage(labels);
    const reference = image?.references[0];
    return image && reference ? { reference, image } : null;
  }

  /** @throws DomainError of the fetch and of the context; ENGINE_UNAVAILABLE; the signal's reason where it was aborted */
  build(job: BuildJob, log: BuildLog, signal: AbortSignal): Promise<ImageOutcome> {
    return this.workspaces.use(async (folder) => {
      const tree = join(folder, 'tree');
      await this.fetch(job, tree, log, signal);
      const context = await readBuildContext({ tree, dockerfilePath: job.dockerfilePath, maxBytes: this.env.BUILD_CONTEXT_MAX_BYTES });
      await log.say(`Sending ${context.files} files, ${size(context.bytes)}${context.ignored > 0 ? ` (.dockerignore leaves out ${context.ignored})` : ''}`);
      signal.throwIfAborted();
      const failure = await this.run(job, context, log, signal);
      if (failure) return { status: 'failed', error: { code: failure.code, message: failure.message } };
      const reference = imageName(job);
      const image = await this.images.inspectImage(reference);
      if (!image) throw new DomainError('ENGINE_UNAVAILABLE', 'The image was built and is not there: the container engine was reset');
      return { status: 'succeeded', built: { reference, image } };
    });
  }

  /** Takes back the image of a build that was canceled in its last moment. */
  async discard(job: BuildJob): Promise<void> {
    await this.images.removeImage(imageName(job));
  }

  private async fetch(job: BuildJob, tree: string, log: BuildLog, signal: AbortSignal): Promise<void> {
    const begun = performance.now();
    await log.say(`Fetching commit ${job.commitSha.slice(0, 12)}${job.ref ? ` of ${job.ref}` : ''} from ${redactUrl(job.repoUrl)}`);
    await this.git.fetch({ repoUrl: job.repoUrl, ref: job.ref, commitSha: job.commitSha, into: tree, signal });
    await log.say(`Fetched in ${((performance.now() - begun) / 1000).toFixed(1)} s`);
  }

  private async run(job: BuildJob, context: BuildContext, log: BuildLog, signal: AbortSignal): Promise<BuildFailure | null> {
    const endsAt = Date.now() + this.env.BUILD_TIMEOUT_SECONDS * 1000;
    const failure = await this.runOnce(job, context, { keepSyntaxLine: false, endsAt }, log, signal);
    if (failure?.code !== 'DOCKERFILE_INVALID' || !context.hasSyntaxLine) return failure;
    // The Dockerfile may use what is newer than the engine: then the frontend that it names is worth fetching.
    await log.say(`${failure.message}. Trying the Dockerfile frontend that the # syntax line names.`);
    const second = await this.runOnce(job, context, { keepSyntaxLine: true, endsAt }, log, signal);
    return second?.code === 'BASE_IMAGE_UNAVAILABLE' && second.image?.startsWith('docker/dockerfile') ? failure : second;
  }

  private async runOnce(job: BuildJob, context: BuildContext, how: { keepSyntaxLine: boolean; endsAt: number }, log: BuildLog, signal: AbortSignal): Promise<BuildFailure | null> {
    const outcome = await buildImage(this.engine, {
      context: () => context.tar(how),
      dockerfile: context.dockerfile,
      tag: imageName(job),
      labels: imageLabels(job, this.env.HUB_ID, new Date()),
      networkMode: this.env.BUILD_NETWORK,
      memoryBytes: this.env.BUILD_MEMORY_BYTES,
      timeoutMs: Math.max(1_000, how.endsAt - Date.now()),
      signal,
      onLine: (line) => log.line(line),
    });
    // Canceled or shut down: the caller knows which.
    signal.throwIfAborted();
    return outcome.status === 'failed' ? outcome.failure : null;
  }
}

/** For people: `12 B`, `3.4 kB`, `5.6 MB`. */
export function size(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`;
  return bytes < 1_000_000 ? `${(bytes / 1_000).toFixed(1)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
