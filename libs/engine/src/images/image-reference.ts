/**
 * An image's name in its parts, as https://github.com/distribution/reference has them:
 * `[host[:port]/]path[:tag][@digest]`.
 */
export interface ImageReference {
  /** `docker.io` where the name has none. */
  host: string;
  /** `library/busybox`, `owner/app` */
  path: string;
  /** `latest` where the name has neither tag nor digest; null beside a digest alone. */
  tag: string | null;
  /** `sha256:…` */
  digest: string | null;
}

const COMPONENT = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*';
const REFERENCE = new RegExp(`^(${COMPONENT}(?:/${COMPONENT})*)(?::([A-Za-z0-9_][A-Za-z0-9_.-]{0,127}))?(?:@(sha256:[0-9a-f]{64}))?$`);
const HOST = /^(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*|\[[0-9a-fA-F:]+\])(?::\d{1,5})?$/;
/** Docker's limit on a name without tag and digest. */
const MAX_NAME = 255;

/**
 * Reads an image's name. What it accepts can be put into a path of the engine's API: no `..`, no query.
 * @returns null where it is no image's name
 */
export function parseImageReference(name: string): ImageReference | null {
  // Docker takes these for ids.
  if (/^(sha256:)?[0-9a-f]{64}(@|:|$)/.test(name)) return null;
  const slash = name.indexOf('/');
  const first = slash === -1 ? '' : name.slice(0, slash);
  // The rule by which every client tells a host from a path's first part.
  const hasHost = first === 'localhost' || /[.:]/.test(first) || first !== first.toLowerCase();
  if (hasHost && !HOST.test(first)) return null;
  const match = REFERENCE.exec(hasHost ? name.slice(slash + 1) : name);
  const path = match?.[1];
  if (!match || path === undefined) return null;
  const host = hasHost && first !== 'index.docker.io' ? first : 'docker.io';
  const full = host === 'docker.io' && !path.includes('/') ? `library/${path}` : path;
  if (host.length + 1 + full.length > MAX_NAME) return null;
  const digest = match[3] ?? null;
  return { host, path: full, tag: match[2] ?? (digest === null ? 'latest' : null), digest };
}

/** Whether two names mean the same repository: `busybox:1` and `docker.io/library/busybox@sha256:…` do. */
export function sameRepository(one: ImageReference, other: ImageReference): boolean {
  return one.host === other.host && one.path === other.path;
}

/** `host:5000/path:tag` → `['host:5000/path', 'tag']`. @throws Error where it is not such a name, with a tag and without a digest */
export function splitTag(reference: string): [string, string] {
  const tag = parseImageReference(reference)?.tag;
  if (tag == null || !reference.endsWith(`:${tag}`)) throw new Error(`"${reference}" is no name of an image with a tag`);
  return [reference.slice(0, -tag.length - 1), tag];
}
