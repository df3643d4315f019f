import { Inject, Injectable } from '@nestjs/common';
import { askManifestDigest, EngineConnection, EngineImages, isOfRegistry, type NameRemoval, type Registry, removeFromRegistry } from '@osiris/engine';
import { ENV, LOGGER, type Logger } from '@osiris/service-kit';
import type { BuildEnv } from '../env';
import { isHubImageName } from '../builds/image-name';

/** How long a registry may take to say what it has, in milliseconds. */
const ASK_LIMIT_MS = 15_000;

/** Takes names away that the hub gave: from the engine, and from the registry where they are there too. */
@Injectable()
export class HubImageNames {
  constructor(
    private readonly engine: EngineConnection,
    private readonly images: EngineImages,
    @Inject(ENV) private readonly env: BuildEnv,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /**
   * The image goes with its last name. `foreign`, and left alone, is what lacks the hub's label, or has a name that no hub gives.
   * @throws DomainError CONFLICT where a container uses it; REGISTRY_UNAVAILABLE, IMAGE_PUSH_REFUSED; ENGINE_UNAVAILABLE
   */
  async remove(reference: string): Promise<NameRemoval> {
    if (!isHubImageName(reference)) return 'foreign';
    const digests = await this.pushedDigests(reference);
    const removal = await this.images.removeName(reference, [`io.osiris.hub=${this.env.HUB_ID}`]);
    const registry = this.env.REGISTRY_URL;
    if (removal !== 'foreign' && registry && isOfRegistry(registry, reference)) await this.removeThere(reference, digests, registry);
    return removal;
  }

  /** Asked for before the engine forgets them with the name. */
  private async pushedDigests(reference: string): Promise<string[]> {
    const repository = reference.slice(0, reference.lastIndexOf(':'));
    const image = await this.images.inspectImage(reference);
    return (image?.repoDigests ?? []).flatMap((name) => (name.startsWith(`${repository}@`) ? [name.slice(repository.length + 1)] : []));
  }

  private async removeThere(reference: string, known: readonly string[], registry: Registry): Promise<void> {
    // Another builder's engine may have made it: then the registry itself says what it has under a name that is the hub's alone.
    const asked = known.length > 0 ? null : await askManifestDigest(this.engine, reference, { credentials: registry.credentials, limitMs: ASK_LIMIT_MS });
    for (const digest of asked === null ? known : [asked]) {
      const removal = await removeFromRegistry(reference, digest, { registry });
      this.logger.info({ image: reference, removal }, 'removal of an image from the registry');
    }
  }
}
