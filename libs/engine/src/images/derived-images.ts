import type { EngineImage, ListedImage } from './engine-image';

const BUILD = 'io.osiris.build';

/**
 * An image inherits the labels of the one that it was made `FROM`: by labels alone, somebody's own image on top of the
 * hub's would be taken for the hub's. Among unnamed images those are told by their layers: they begin with all those of a
 * named image of the same build, and go on. Where no named image of the build is left to compare with, an unnamed one
 * stays as well where it is dated after `made`, the label that says when the hub began with it, by more than a build takes.
 */
export async function withoutDerived(
  dangling: readonly ListedImage[],
  all: readonly ListedImage[],
  inspect: (id: string) => Promise<EngineImage | null>,
): Promise<ListedImage[]> {
  const own: ListedImage[] = [];
  for (const image of dangling) {
    const named = all.filter(({ references, labels }) => references.length > 0 && labels[BUILD] === image.labels[BUILD]);
    const layers = named.length === 0 ? [] : ((await inspect(image.id))?.layerDigests ?? []);
    const origins = await Promise.all(named.map(({ id }) => inspect(id)));
    const derived = named.length === 0 ? isMuchYounger(image) : origins.some((origin) => origin !== null && extendsLayers(layers, origin.layerDigests));
    if (!derived) own.push(image);
  }
  return own;
}

function extendsLayers(layers: readonly string[], origin: readonly string[]): boolean {
  return layers.length > origin.length && origin.every((layer, index) => layer === layers[index]);
}

/** The longest that BUILD_TIMEOUT_SECONDS can be, in milliseconds. */
const LONGEST_BUILD_MS = 86_400_000;

function isMuchYounger({ labels, createdAt }: ListedImage): boolean {
  const made = Date.parse(labels['org.opencontainers.image.created'] ?? '');
  return !Number.isNaN(made) && Date.parse(createdAt) - made > LONGEST_BUILD_MS;
}
