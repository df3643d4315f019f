/** Longest reference that is looked at. */
const MAX_LENGTH = 500;

/**
 * Name of an image without registry, tag and digest, in lower case: `postgres` for `docker.io/library/postgres:16@sha256:…`,
 * `x/y` for `ghcr.io/x/y`. As https://github.com/distribution/reference has it, the first part is a registry where it has a
 * dot or a colon or is `localhost`. Empty where nothing of a name is left.
 */
export function imageName(reference: string): string {
  const name = reference.trim().slice(0, MAX_LENGTH).replace(/@.*$/s, '').replace(/:[^/]*$/, '').toLowerCase();
  const [first = '', ...rest] = name.split('/').filter((part) => part !== '');
  const path = rest.length > 0 && (/[.:]/.test(first) || first === 'localhost') ? rest : [first, ...rest];
  return (path.length > 1 && path[0] === 'library' ? path.slice(1) : path).join('/');
}

/** The tag of it (`16-alpine`); undefined where there is none. */
export function imageTag(reference: string): string | undefined {
  return /:([\w][\w.-]{0,127})$/.exec(reference.trim().replace(/@.*$/s, ''))?.[1];
}
