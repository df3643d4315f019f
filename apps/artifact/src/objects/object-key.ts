import { DomainError } from '@osiris/contracts';

const SEGMENT = '[A-Za-z0-9][A-Za-z0-9._-]{0,127}';
const KEY = new RegExp(`^${SEGMENT}(/${SEGMENT}){0,7}$`);

/** Every key of a hub begins so. */
export const KEY_PREFIX = 'artifacts/';

/** Where an artifact's bytes lie. Derived from ids alone, so that a second upload of the same id meets the first. */
export function objectKey(appId: string, artifactId: string): string {
  return `${KEY_PREFIX}${appId}/${artifactId}`;
}

/**
 * Keys are plain segments joined by "/". No segment begins with a dot: "..", hidden and temporary names are impossible.
 * @throws DomainError NOT_FOUND
 */
export function checkObjectKey(key: string): string {
  if (!KEY.test(key)) throw new DomainError('NOT_FOUND', 'There is no such object');
  return key;
}
