import { PREVIEW_COOKIE, previewCookiesIn, setPreviewCookie } from './preview-cookies';
import type { PreviewTokens, Verdict } from './preview-token';

export const TOKEN_PARAMETER = '__osiris_token';

/** A cookie outlives the extensions of its launch; the launch's own end is what ends the access. */
const COOKIE_SECONDS = 7 * 86_400;

export type Access =
  | { kind: 'granted'; path: string }
  | { kind: 'redirect'; location: string; setCookie: string | null }
  | { kind: 'refused'; reason: 'missing' | 'invalid' | 'expired' };

export interface Asked {
  method: string;
  /** The request target as it came. */
  url: string;
  cookieHeader: string | undefined;
  launchId: string;
  upgrade: boolean;
}

/**
 * Who may see a preview: whoever holds its cookie, and whoever brings a signed URL, which is turned into the cookie
 * and a clean address, so that the token stays out of the app's eyes, of Referer headers and of the address bar.
 */
export function decideAccess(tokens: PreviewTokens, asked: Asked, now: number = Date.now()): Access {
  const { path, token } = takeToken(originForm(asked.url));
  const ofThisLaunch = (verdict: Verdict, use: 'url' | 'cookie') =>
    verdict.valid && verdict.claims.launchId === asked.launchId && verdict.claims.use === use;
  const hasCookie = previewCookiesIn(asked.cookieHeader).some((value) => ofThisLaunch(tokens.verify(value, now), 'cookie'));
  if (token === null) return hasCookie ? { kind: 'granted', path } : { kind: 'refused', reason: 'missing' };

  const verdict = tokens.verify(token, now);
  if (!ofThisLaunch(verdict, 'url') && !hasCookie) {
    return { kind: 'refused', reason: !verdict.valid && verdict.reason === 'expired' ? 'expired' : 'invalid' };
  }
  // A redirect would turn a POST into a GET, and a WebSocket client follows none: these pass on at once.
  if (asked.upgrade || (asked.method !== 'GET' && asked.method !== 'HEAD')) return { kind: 'granted', path };
  if (!ofThisLaunch(verdict, 'url')) return { kind: 'redirect', location: sameOriginPath(path), setCookie: null };
  const cookie = tokens.sign({ launchId: asked.launchId, exp: Math.floor(now / 1000) + COOKIE_SECONDS, use: 'cookie' });
  return { kind: 'redirect', location: sameOriginPath(path), setCookie: setPreviewCookie(PREVIEW_COOKIE, cookie, COOKIE_SECONDS) };
}

/** `GET http://host/path` (a proxy's form) as `/path`. */
function originForm(url: string): string {
  if (url.startsWith('/')) return url;
  return url.replace(/^https?:\/\/[^/?#]*/i, '').replace(/^(?!\/)/, '/');
}

/** Takes the token out of the query and leaves every other byte of the target as it is. */
function takeToken(url: string): { path: string; token: string | null } {
  const mark = url.indexOf('?');
  if (mark < 0) return { path: url, token: null };
  const prefix = `${TOKEN_PARAMETER}=`;
  const parameters = url.slice(mark + 1).split('&');
  const token = parameters.find((parameter) => parameter.startsWith(prefix));
  if (token === undefined) return { path: url, token: null };
  const others = parameters.filter((parameter) => !parameter.startsWith(prefix));
  return { path: url.slice(0, mark) + (others.length > 0 ? `?${others.join('&')}` : ''), token: token.slice(prefix.length) };
}

/** A Location that begins with `//` or `/\` would be read as another host: `/.` in front keeps it here. */
function sameOriginPath(path: string): string {
  return /^\/[/\\]/.test(path) ? `/.${path}` : path;
}
