import { Inject, Injectable } from '@nestjs/common';
import { AppId, BuildId, type EnginePlan, type HeldImage } from '@osiris/contracts';
import { EngineImages, type ListedImage } from '@osiris/engine';
import { ENV } from '@osiris/service-kit';
import { isHubImageName } from '../builds/image-name';
import { buildCacheLimit, type BuildEnv } from '../env';
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
    const labels = [`io.osiris.hub=${this.env.HUB_ID}`];
    const [own, dangling, buildCache] = await Promise.all([this.images.listImages(labels), this.images.listDangling(labels), this.buildCache()]);
    return { images: own.flatMap(held), dangling: dangling.map((image) => ({ id: image.id, bytes: image.bytes, createdAt: madeAt(image) })), buildCache };
  }

  private async buildCache(): Promise<EnginePlan['buildCache']> {
    const limitBytes = buildCacheLimit(this.env);
    if (limitBytes === null) return null;
    const { bytes, removableBytes } = await this.images.buildCacheUsage();
    return { bytes, limitBytes, removableBytes: Math.min(removableBytes, Math.max(0, bytes - limitBytes)) };
  }
}

function held(image: ListedImage): HeldImage[] {
  const appId = AppId.safeParse(image.labels['io.osiris.app']);
  const buildId = BuildId.safeParse(image.labels['io.osiris.build']);
  if (!appId.success || !buildId.success) return [];
  const of = { appId: appId.data, buildId: buildId.data, bytes: image.bytes, createdAt: madeAt(image) };
  return image.references.filter(isHubImageName).map((reference) => ({ reference, ...of }));
}

/** The label says when the image was made; the engine's own date is that of its last layer, which may come from the cache. */
export function madeAt({ labels }: ListedImage): string {
  const at = Date.parse(labels['org.opencontainers.image.created'] ?? '');
  return new Date(Number.isNaN(at) ? Date.now() : at).toISOString();
}
