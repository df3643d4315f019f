import { DomainError } from '@osiris/contracts';
import { parseImageReference } from '../images/image-reference';
import { RegistryApi } from './registry-api';
import { isOfRegistry, type Registry } from './registry-url';

/**
 * `shared`: another tag means the same manifest (a build that reused this one's image), which would go too;
 * `unsupported`: the registry allows no removal (Docker's own does with REGISTRY_STORAGE_DELETE_ENABLED).
 */
export type RegistryRemoval = 'removed' | 'absent' | 'shared' | 'unsupported';

const MANIFESTS = [
  'application/vnd.docker.distribution.manifest.v2+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.oci.image.index.v1+json',
].join(', ');
/** With more tags than these in one repository it is not looked whether one is the same manifest: it stays. */
const MAX_TAGS = 500;

/**
 * Removes one name of an image from the registry; its layers go with the registry's own garbage collection.
 * @param digest of the manifest that the hub pushed; where the name means another one by now, it is left alone
 * @throws DomainError REGISTRY_UNAVAILABLE, IMAGE_PUSH_REFUSED (credentials)
 */
export async function removeFromRegistry(reference: string, digest: string, options: { registry: Registry }): Promise<RegistryRemoval> {
  const { registry } = options;
  const name = parseImageReference(reference);
  if (name?.tag == null || !isOfRegistry(registry, reference)) throw new Error(`"${reference}" is no name of an image in ${registry.toString()}`);
  const api = new RegistryApi(registry);
  if ((await manifestOf(api, registry, name.path, name.tag)) !== digest) return 'absent';
  // Takes the name alone, where the registry knows how to; Docker's before version 3 does not.
  const byTag = await api.ask('DELETE', `/v2/${name.path}/manifests/${name.tag}`);
  if (byTag.status === 202 || byTag.status === 200) return 'removed';
  if (byTag.status === 401 || byTag.status === 403) throw refused(registry);
  if (await isShared(api, registry, name.path, name.tag, digest)) return 'shared';
  const byDigest = await api.ask('DELETE', `/v2/${name.path}/manifests/${digest}`);
  if (byDigest.status === 202 || byDigest.status === 200) return 'removed';
  if (byDigest.status === 404) return 'absent';
  if (byDigest.status === 401 || byDigest.status === 403) throw refused(registry);
  return 'unsupported';
}

/** The digest that a tag stands for; null where there is none. */
async function manifestOf(api: RegistryApi, registry: Registry, path: string, tag: string): Promise<string | null> {
  const answer = await api.ask('HEAD', `/v2/${path}/manifests/${tag}`, { accept: MANIFESTS });
  if (answer.status === 401 || answer.status === 403) throw refused(registry);
  return answer.ok ? answer.headers.get('docker-content-digest') : null;
}

async function isShared(api: RegistryApi, registry: Registry, path: string, tag: string, digest: string): Promise<boolean> {
  const answer = await api.ask('GET', `/v2/${path}/tags/list?n=${MAX_TAGS + 1}`);
  if (!answer.ok) return true;
  const tags: unknown = ((await api.json(answer)) as { tags?: unknown } | null)?.tags;
  if (!Array.isArray(tags) || tags.length > MAX_TAGS || answer.headers.has('link')) return true;
  for (const other of tags) {
    // What a registry answers becomes part of a path.
    if (typeof other !== 'string' || other === tag || !/^[\w][\w.-]{0,127}$/.test(other)) continue;
    if ((await manifestOf(api, registry, path, other)) === digest) return true;
  }
  return false;
}

function refused(registry: Registry): DomainError {
  return new DomainError('IMAGE_PUSH_REFUSED', `The registry ${registry.host} does not allow this with the credentials of REGISTRY_URL`);
}
