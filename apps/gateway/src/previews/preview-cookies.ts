export const PREVIEW_COOKIE = '__Host-osiris-preview';

/**
 * `SameSite=None; Partitioned`, so that it also travels inside the watch page's frame and there alone; `__Host-`, so
 * that no other preview can set or read it.
 */
export function setPreviewCookie(name: string, value: string, maxAgeSeconds: number): string {
  return `${name}=${value}; Path=/; Max-Age=${maxAgeSeconds}; Secure; HttpOnly; SameSite=None; Partitioned`;
}

/** Values of the hub's cookie; a browser may hold a partitioned and a plain one. */
export function previewCookiesIn(header: string | undefined): string[] {
  const prefix = `${PREVIEW_COOKIE}=`;
  return pairs(header ?? '').filter((pair) => pair.startsWith(prefix)).map((pair) => pair.slice(prefix.length));
}

/** The Cookie header that the app may see: all but the hub's own. Null where nothing is left. */
export function withoutPreviewCookie(header: string): string | null {
  const left = pairs(header).filter((pair) => !pair.startsWith(`${PREVIEW_COOKIE}=`));
  return left.length > 0 ? left.join('; ') : null;
}

/**
 * The Set-Cookie that the browser may see. Null where the app tries to set the hub's own cookie, or one for more than its own
 * host, which every other preview would be sent (RFC 6265, 5.3). A Domain that is its own host is taken off: without one the
 * cookie stays with this host alone, not with those below it.
 * @param host of the preview, without a port
 */
export function confinedSetCookie(header: string, host: string): string | null {
  const [pair = '', ...attributes] = header.split(';');
  if (pair.split('=', 1)[0]?.trim().toLowerCase() === PREVIEW_COOKIE.toLowerCase()) return null;
  const domains = attributes.filter(isDomain).map((attribute) => attribute.slice(attribute.indexOf('=') + 1).trim().replace(/^\./, '').toLowerCase());
  if (domains.some((domain) => domain !== '' && domain !== host.toLowerCase())) return null;
  return [pair, ...attributes.filter((attribute) => !isDomain(attribute))].join(';');
}

const isDomain = (attribute: string): boolean => attribute.split('=', 1)[0]?.trim().toLowerCase() === 'domain';

function pairs(header: string): string[] {
  return header.split(';').map((pair) => pair.trim()).filter((pair) => pair !== '');
}
