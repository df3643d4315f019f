import type { BaseImage, Image } from '@osiris/contracts';
import type { EngineImage } from '@osiris/engine';

/** An image that is this build's, on the engine. */
export interface BuiltImage {
  reference: string;
  image: EngineImage;
  /** Undefined where it is not known what its base images were: then no later build can tell whether they are still the same. */
  bases?: BaseImage[];
  /** The build that made it, where another one did. */
  reusedBuildId?: string;
}

/** @param pushedDigest of the manifest in the registry, where there is one */
export function imageFact({ reference, image }: BuiltImage, pushedDigest: string | null): Image {
  return { reference, digest: pushedDigest ?? image.id, bytes: image.bytes };
}
