import { Inject, Injectable } from '@nestjs/common';
import { type BaseImage, type BuildFailure, type BuildJob, DomainError, redactUrl } from '@osiris/contracts';
import { baseImagesOf, buildFailureData, buildImage, type BuildOutcome, EngineConnection, EngineImages, enginePlatform, isEngineUnreachable, isOfRegistry, type NamedBase, possibleBases } from '@osiris/engine';
import { type CheckedOutCommit, GitFetcher } from '@osiris/git';
import { ENV } from '@osiris/service-kit';
import { type BuildContext, readBuildContext } from '../contexts/build-context';
import { FileTimes } from '../contexts/file-times';
import type { BuildEnv } from '../env';
import { HubImageNames } from '../images/hub-image-names';
import { Sources } from '../sources/sources';
import type { BuildLog } from './build-logs';
import type { BuiltImage } from './built-image';
import { imageLabels, imageName, isHubImageName } from './image-name';

export type ImageOutcome = { status: 'succeeded'; built: BuiltImage } | { status: 'failed'; failure: BuildFailure };

/** Turns one commit into one image. */
@Injectable()
export class ImageBuilder {
  constructor(
    private readonly engine: EngineConnection,
    private readonly images: EngineImages,
    private readonly names: HubImageNames,
    private readonly git: GitFetcher,
    private readonly sources: Sources,
    private readonly times: FileTimes,
    @Inject(ENV) private readonly env: BuildEnv,
  ) {}

  /** @throws DomainError of the fetch and of the context; ENGINE_UNAVAILABLE; the signal's reason where it was aborted */
  build(job: BuildJob, log: BuildLog, signal: AbortSignal): Promise<ImageOutcome> {
    const fetch = (into: string): Promise<CheckedOutCommit> => this.fetch(job, into, log, signal);
    return this.sources.use(job, fetch, async ({ tree, commit, kept, once }) => {
      if (kept) await log.say(`Commit ${job.commitSha.slice(0, 12)} is here since its last build: nothing is fetched`);
      const context = await once(job.dockerfilePath, () => {
        const times = this.times.of(job.appId, commit.blobs);
        return readBuildContext({ tree, dockerfilePath: job.dockerfilePath, maxBytes: this.env.BUILD_CONTEXT_MAX_BYTES, times });
      });
      await log.say(`Sending ${context.files} ${context.files === 1 ? 'file' : 'files'}, ${size(context.bytes)}${context.ignored > 0 ? ` (.dockerignore leaves out ${context.ignored})` : ''}`);
      signal.throwIfAborted();
      const { target, args } = job;
      const named = baseImagesOf(context.dockerfileText, { target, args, buildPlatform: await enginePlatform(this.engine) });
      const possible = possibleBases(context.dockerfileText);
      const others = this.imageOfAnApp([...(named ?? []), ...possible]) ?? (named ? null : basesUnknown(possible));
      if (others) return { status: 'failed', failure: others };
      const outcome = await this.run(job, context, log, signal);
      if (outcome.status === 'failed') return { status: 'failed', failure: buildFailureData(outcome.failure) };
      const reference = imageName(job, this.env.REGISTRY_URL);
      const image = await this.images.inspectImage(reference);
      if (!image) throw new DomainError('ENGINE_UNAVAILABLE', 'The image was built and is not there: the container engine was reset');
      return { status: 'succeeded', built: { reference, image, bases: named ? await this.bases(context, outcome.bases) : undefined } };
    });
  }

  /** Takes back the image of a build that was canceled in its last moment. */
  async discard(job: BuildJob): Promise<void> {
    await this.names.remove(imageName(job, this.env.REGISTRY_URL));
  }

  private async fetch(job: BuildJob, into: string, log: BuildLog, signal: AbortSignal): Promise<CheckedOutCommit> {
    const begun = performance.now();
    await log.say(`Fetching commit ${job.commitSha.slice(0, 12)}${job.ref ? ` of ${job.ref}` : ''} from ${redactUrl(job.repoUrl)}`);
    const commit = await this.git.fetch({ repoUrl: job.repoUrl, ref: job.ref, commitSha: job.commitSha, into, signal });
    await log.say(`Fetched in ${((performance.now() - begun) / 1000).toFixed(1)} s`);
    return commit;
  }

  private async run(job: BuildJob, context: BuildContext, log: BuildLog, signal: AbortSignal): Promise<BuildOutcome> {
    const endsAt = Date.now() + this.env.BUILD_TIMEOUT_SECONDS * 1000;
    const first = await this.runOnce(job, context, { keepSyntaxLine: false, endsAt }, log, signal);
    if (first.status === 'succeeded' || first.failure.code !== 'DOCKERFILE_INVALID' || !context.hasSyntaxLine) return first;
    // The Dockerfile may use what is newer than the engine: then the frontend that it names is worth fetching.
    await log.say(`${first.failure.message}. Trying the Dockerfile frontend that the # syntax line names.`);
    const second = await this.runOnce(job, context, { keepSyntaxLine: true, endsAt }, log, signal);
    const noFrontend = second.status === 'failed' && second.failure.code === 'BASE_IMAGE_UNAVAILABLE' && second.failure.image?.startsWith('docker/dockerfile');
    return noFrontend ? first : second;
  }

  private async runOnce(job: BuildJob, context: BuildContext, how: { keepSyntaxLine: boolean; endsAt: number }, log: BuildLog, signal: AbortSignal): Promise<BuildOutcome> {
    // Each run of the builder counts its steps from 1; the log has one count.
    const stepsBefore = log.lastStepId;
    const inLog = <T extends { stepId?: number }>(of: T): T => (of.stepId === undefined || stepsBefore === 0 ? of : { ...of, stepId: of.stepId + stepsBefore });
    const outcome = await buildImage(this.engine, {
      context: context.sent(how),
      contextOwner: job.appId,
      dockerfile: context.dockerfile,
      dockerfileText: context.dockerfileText,
      tag: imageName(job, this.env.REGISTRY_URL),
      labels: imageLabels(job, this.env.HUB_ID, new Date()),
      ...(job.args ? { args: job.args } : {}),
      ...(job.target ? { target: job.target } : {}),
      ...(job.noCache ? { noCache: true } : {}),
      ...(this.env.BUILD_BUILDER === 'classic' ? { builder: 'classic' as const } : {}),
      // One app could otherwise put into another's image what a package manager takes for its own.
      cacheNamespace: job.appId,
      networkMode: this.env.BUILD_NETWORK,
      memoryBytes: this.env.BUILD_MEMORY_BYTES,
      ...(this.env.BUILD_MEMORY_CGROUP ? { memoryCgroup: this.env.BUILD_MEMORY_CGROUP } : {}),
      timeoutMs: Math.max(1_000, how.endsAt - Date.now()),
      signal,
      onLine: (line) => log.line(inLog(line)),
    });
    // Canceled or shut down: the caller knows which.
    signal.throwIfAborted();
    return outcome.status === 'failed' ? { status: 'failed', failure: inLog(outcome.failure) } : outcome;
  }

  /** The engine has the images of all apps: what one repository holds is not for another's Dockerfile to copy from. */
  private imageOfAnApp(bases: readonly string[]): BuildFailure | null {
    const { REGISTRY_URL: registry } = this.env;
    const image = bases.find((name) => isHubImageName(name.replace(/@sha256:.*$/, '')) || (registry && isOfRegistry(registry, name) && /(^|\/)osiris\//.test(name)));
    if (image === undefined) return null;
    return buildFailureData({ code: 'BASE_IMAGE_UNAVAILABLE', image, message: `${image} is the image of an app of this hub: apps are not built upon one another. Name a base image of a registry` });
  }

  /** Undefined unless each is known: a later build must not take this image for one of the same bases by mistake. */
  private async bases(context: BuildContext, named: readonly NamedBase[]): Promise<BaseImage[] | undefined> {
    try {
      // A frontend of somebody's own makes of the same file what it likes, and may do otherwise tomorrow.
      if (/^(#|\/\/)\s*syntax\s*=/im.test(context.dockerfileText)) return undefined;
      const bases = await Promise.all(named.map(async ({ name, digest }) => ({ name, digest: digest ?? (await this.images.resolveBase(name)) })));
      return bases.every((base): base is BaseImage => base.digest !== null) ? bases : undefined;
    } catch (error) {
      if (isEngineUnreachable(error)) return undefined;
      throw error;
    }
  }
}

/** What cannot be named may be the image of another app: it is refused before anything of it runs, not after. */
function basesUnknown(possible: readonly string[]): BuildFailure | null {
  // Nothing is taken from anywhere: the builder says best what is wrong with it, and in which line.
  if (possible.length === 0) return null;
  return buildFailureData({
    code: 'DOCKERFILE_INVALID',
    message: 'It cannot be told which images this Dockerfile begins with: give each ARG that a FROM uses a default, choose a target that exists, and keep the file under 60,000 characters and 200 stages',
  });
}

/** For people: `12 B`, `3.4 kB`, `5.6 MB`. */
export function size(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`;
  return bytes < 1_000_000 ? `${(bytes / 1_000).toFixed(1)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
