import { Inject, Injectable } from '@nestjs/common';
import { AppId, BuildId, type HeldImage } from '@osiris/contracts';
import { EngineImages, type ListedImage } from '@osiris/engine';
import { ENV } from '@osiris/service-kit';
import { isHubImageName } from '../builds/image-name';
import type { BuildEnv } from '../env';
import type { EngineSurvey } from './engine-plan';

/** Looks at what an engine has of this hub: by label, and of the names only those that the hub gives. */
@Injectable()
export class EngineSurveyor {
  constructor(
    private readonly images: EngineImages,
    @Inject(ENV) private readonly env: BuildEnv,
  ) {}

  /** @throws DomainError ENGINE_UNAVAILABLE */
  async survey(): Promise<EngineSurvey> {
    const own = await this.images.listImages([`io.osiris.hub=${this.env.HUB_ID}`]);
    return {
      images: own.flatMap(held),
      dangling: own.filter(({ references }) => references.length === 0).map((image) => ({ id: image.id, bytes: image.bytes, createdAt: createdAt(image) })),
      buildCache: null,
    };
  }
}

function held(image: ListedImage): HeldImage[] {
  const appId = AppId.safeParse(image.labels['io.osiris.app']);
  const buildId = BuildId.safeParse(image.labels['io.osiris.build']);
  if (!appId.success || !buildId.success) return [];
  const of = { appId: appId.data, buildId: buildId.data, bytes: image.bytes, createdAt: createdAt(image) };
  return image.references.filter(isHubImageName).map((reference) => ({ reference, ...of }));
}

/** The label says when the image was made; the engine's own date is that of its last layer, which may come from the cache. */
function createdAt({ labels }: ListedImage): string {
  const at = Date.parse(labels['org.opencontainers.image.created'] ?? '');
  return new Date(Number.isNaN(at) ? Date.now() : at).toISOString();
}
