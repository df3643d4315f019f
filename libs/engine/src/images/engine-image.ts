import type { ImageConfig } from '@osiris/contracts';
import type Docker from 'dockerode';

/** An image as an engine's list has it. */
export interface ListedImage {
  /** `sha256:…`: the hash of the image's configuration, and so of its content. */
  id: string;
  /** name:tag, all of them; none: the image is dangling. */
  references: string[];
  /** Of all layers, unpacked; layers that other images share are counted too. */
  bytes: number;
  labels: Record<string, string>;
  /** ISO 8601. Of its last layer, which may have come from the build cache. */
  createdAt: string;
}

/** An image that was looked at on its own. */
export interface EngineImage extends ListedImage {
  /** TCP ports the image says it listens on, ascending; as in `config`. */
  ports: number[];
  config: ImageConfig;
  /** `name@sha256:…`: the manifests under which it was pulled or pushed. */
  repoDigests: string[];
  /** `sha256:…` of each layer's unpacked content, the lowest first. */
  layerDigests: string[];
}

/** https://docs.docker.com/engine/api/v1.41/#operation/ImageList; older engines give null where there are no names or labels. */
export function fromList(image: Docker.ImageInfo): ListedImage {
  return {
    id: image.Id,
    // An image without a name is listed as "<none>:<none>" by engines before 24.
    references: (image.RepoTags ?? []).filter((name) => !name.includes('<none>')),
    bytes: image.Size,
    labels: (image.Labels as Record<string, string> | null) ?? {},
    createdAt: new Date(image.Created * 1000).toISOString(),
  };
}

/** https://docs.docker.com/engine/api/v1.41/#operation/ImageInspect */
export function fromInspection(image: Docker.ImageInspectInfo): EngineImage {
  const config = (image.Config as Partial<Docker.ImageInspectInfo['Config']> | null) ?? {};
  const ports = exposedTcpPorts(config.ExposedPorts);
  const layerDigests = image.RootFS?.Layers ?? [];
  return {
    id: image.Id,
    references: image.RepoTags ?? [],
    bytes: image.Size,
    labels: config.Labels ?? {},
    createdAt: createdAt(image.Created),
    ports,
    config: {
      layers: layerDigests.length,
      ports,
      user: config.User || null,
      entrypoint: words(config.Entrypoint),
      command: words(config.Cmd),
      workingDirectory: config.WorkingDir || null,
      platform: platformOf(image),
    },
    repoDigests: image.RepoDigests ?? [],
    layerDigests,
  };
}

/** `{"8080/tcp": {}, "53/udp": {}}` → `[8080]`, ascending. */
export function exposedTcpPorts(exposed: Record<string, unknown> | null | undefined): number[] {
  return Object.keys(exposed ?? {})
    .filter((port) => /^\d+(\/tcp)?$/.test(port))
    .map((port) => Number.parseInt(port, 10))
    .sort((a, b) => a - b);
}

/** `linux/arm64/v8` */
function platformOf(image: Docker.ImageInspectInfo): string {
  const { Variant: variant } = image as { Variant?: string };
  return [image.Os, image.Architecture, ...(variant ? [variant] : [])].join('/');
}

/** Old images have a string in the place of the list. */
function words(value: string | string[] | null | undefined): string[] | null {
  if (typeof value === 'string') return value === '' ? null : [value];
  return value && value.length > 0 ? value : null;
}

/** Images made reproducibly may say the year 1, or nothing. */
function createdAt(text: string | undefined): string {
  const at = Date.parse(text ?? '');
  return new Date(Number.isNaN(at) ? 0 : at).toISOString();
}
