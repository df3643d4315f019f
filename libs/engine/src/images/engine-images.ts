import { DomainError } from '@osiris/contracts';
import type { EngineConnection } from '../engine-connection';
import { engineStatus } from '../engine-errors';
import { type ResolveBaseOptions, resolveBase } from './base-digest';
import { type BuildCacheUsage, buildCacheUsage, pruneBuildCache } from './build-cache';
import { withoutDerived } from './derived-images';
import { type EngineImage, fromInspection, fromList, type ListedImage } from './engine-image';
import { splitTag } from './image-reference';

/**
 * `removed`: the image went with its last name; `untagged`: it stays under other names; `absent`: there was none of this
 * name; `foreign`: it lacks the labels, and was left alone.
 */
export type NameRemoval = 'removed' | 'untagged' | 'absent' | 'foreign';

/** The images of one engine. All throw DomainError ENGINE_UNAVAILABLE where no engine answers. */
export class EngineImages {
  constructor(private readonly engine: EngineConnection) {}

  /** Null where the engine has no such image. `reference`: name:tag or id. */
  async inspectImage(reference: string): Promise<EngineImage | null> {
    const found = await this.unlessAbsent(this.engine.ask((docker) => docker.getImage(reference).inspect()));
    return found === null ? null : fromInspection(found);
  }

  /** Images that carry all these labels: `name=value`, or a name alone. One request, however many there are. */
  async listImages(labels: readonly string[]): Promise<ListedImage[]> {
    return this.list({ label: labels });
  }

  /** One image that carries all these labels. */
  async findImage(labels: readonly string[]): Promise<EngineImage | null> {
    const [first] = await this.listImages(labels);
    return first ? this.inspectImage(first.id) : null;
  }

  /**
   * Gives an image a further name. Instead of another image's, if it had it.
   * @param source name:tag or id
   * @throws DomainError IMAGE_GONE where there is no such image; Error where `reference` is no name:tag
   */
  async tagImage(source: string, reference: string): Promise<void> {
    const [repo, tag] = splitTag(reference);
    const tagged = await this.unlessAbsent(this.engine.ask((docker) => docker.getImage(source).tag({ repo, tag })));
    if (tagged === null) throw new DomainError('IMAGE_GONE', `The image ${source} is no longer on the engine. Build the app again.`);
  }

  /**
   * Takes a name away from an image that carries all these labels; the image goes with its last name. Other names, and
   * unnamed images that it was made from, which may be somebody else's, stay. (The classic builder's images of single steps:
   * `removeDangling` finds those with the labels; the others are its cache, and cannot be told from anybody's.)
   * @throws DomainError CONFLICT where it is the last name and a container, running or not, uses the image; Error where
   *   `reference` is no name:tag (an id would take all names along)
   */
  async removeName(reference: string, labels: readonly string[]): Promise<NameRemoval> {
    splitTag(reference);
    const image = await this.inspectImage(reference);
    if (image === null) return 'absent';
    if (!carries(image, labels)) return 'foreign';
    const answer = await this.remove(reference);
    if (answer === null) return 'absent';
    return answer.some(({ Deleted }) => Deleted === image.id) ? 'removed' : 'untagged';
  }

  /**
   * Images without a name that carry all these labels. Not among them: what somebody made `FROM` an image with these labels
   * (labels are inherited), as far as it can be told, see `withoutDerived`.
   */
  async listDangling(labels: readonly string[]): Promise<ListedImage[]> {
    const dangling = await this.list({ label: labels, dangling: ['true'] });
    if (dangling.length === 0) return [];
    return withoutDerived(dangling, await this.listImages(labels), (id) => this.inspectImage(id));
  }

  /** Removes what `listDangling` lists and `wanted` agrees to, but what a container uses. @returns what is gone now */
  async removeDangling(labels: readonly string[], wanted: (image: ListedImage) => boolean = () => true): Promise<ListedImage[]> {
    const removed: ListedImage[] = [];
    for (const image of (await this.listDangling(labels)).filter(wanted)) {
      // By its id an image would lose a name that it was given meanwhile.
      const now = await this.inspectImage(image.id);
      if (now === null || now.references.length > 0) continue;
      try {
        if ((await this.remove(image.id)) !== null) removed.push(image);
      } catch (error) {
        if (!(error instanceof DomainError && error.code === 'CONFLICT')) throw error;
      }
    }
    return removed;
  }

  /** What the name of a base image stands for now; see there how two answers compare. */
  resolveBase(name: string, platform?: string, options: Omit<ResolveBaseOptions, 'platform'> = {}): Promise<string | null> {
    return resolveBase(this.engine, name, { ...options, platform });
  }

  buildCacheUsage(): Promise<BuildCacheUsage> {
    return buildCacheUsage(this.engine);
  }

  /** @returns bytes freed */
  pruneBuildCache(keepBytes: number): Promise<number> {
    return pruneBuildCache(this.engine, keepBytes);
  }

  /** Removes whatever it is, with all its names where an id is given: for tests and for what was just made. @returns false where it was gone already */
  async removeImage(reference: string): Promise<boolean> {
    return (await this.unlessAbsent(this.engine.call((docker) => docker.getImage(reference).remove({ force: true })))) !== null;
  }

  private async list(filters: Record<string, readonly string[]>): Promise<ListedImage[]> {
    const found = await this.engine.ask((docker, abortSignal) => docker.listImages({ filters: JSON.stringify(filters), abortSignal }));
    return found.map(fromList);
  }

  /** Never by force, and no parents, which may be somebody else's unnamed images. Null where it was gone. */
  private async remove(reference: string): Promise<{ Untagged?: string; Deleted?: string }[] | null> {
    try {
      const answer: unknown = await this.unlessAbsent(this.engine.call((docker) => docker.getImage(reference).remove({ noprune: true } as object)));
      return answer as { Untagged?: string; Deleted?: string }[] | null;
    } catch (error) {
      if (engineStatus(error) === 409) throw new DomainError('CONFLICT', `The image ${reference} is in use, by a container or by another image`, { cause: error });
      throw error;
    }
  }

  private async unlessAbsent<T>(answer: Promise<T>): Promise<T | null> {
    try {
      return await answer;
    } catch (error) {
      if (engineStatus(error) === 404) return null;
      throw error;
    }
  }
}

/** @param labels `name=value`, or a name alone; none: everything does */
function carries(image: ListedImage, labels: readonly string[]): boolean {
  return labels.every((label) => {
    const equals = label.indexOf('=');
    return equals === -1 ? label in image.labels : image.labels[label.slice(0, equals)] === label.slice(equals + 1);
  });
}
