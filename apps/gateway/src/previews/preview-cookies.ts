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
 * The Set-Cookie that the browser may see. Without its Domain, which would hand it to every other preview; null where
 * the app tries to set the hub's own cookie.
 */
export function confinedSetCookie(header: string): string | null {
  const [pair = '', ...attributes] = header.split(';');
  if (pair.split('=', 1)[0]?.trim().toLowerCase() === PREVIEW_COOKIE.toLowerCase()) return null;
  return [pair, ...attributes.filter((attribute) => attribute.split('=', 1)[0]?.trim().toLowerCase() !== 'domain')].join(';');
}

function pairs(header: string): string[] {
  return header.split(';').map((pair) => pair.trim()).filter((pair) => pair !== '');
}
