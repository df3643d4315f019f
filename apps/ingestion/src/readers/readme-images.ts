import type { Media } from '@osiris/contracts';
import type { Repository } from './reader';
import { oneLine } from './tags';

const MAX_IMAGES = 6;
const MAX_URL = 1_000;
/** Pictures that say something of the project's state, not of the app. */
const BADGE =
  /(^|\.)(shields\.io|badgen\.net|badge\.fury\.io|codecov\.io|coveralls\.io|travis-ci\.(org|com)|circleci\.com|appveyor\.com|snyk\.io|opencollective\.com|nodei\.co|gitter\.im|contrib\.rocks|star-history\.com|herokucdn\.com|deepsource\.io|codacy\.com|sonarcloud\.io)$/;
const BADGE_PATH = /badge|shield|\/button(\.|s\/|$)|\/workflows\/|contributors\.svg/i;

export interface FoundImage {
  url: string;
  alt: string;
}

/** Pictures of the README that a page of the hub can show, by a public https address. */
export function readmeMedia(images: readonly FoundImage[], readmePath: string, repository: Repository): Media[] {
  const media = new Map<string, Media>();
  for (const { url, alt } of images) {
    if (media.size === MAX_IMAGES) break;
    const resolved = resolveImage(url, readmePath, repository);
    if (resolved && resolved.length <= MAX_URL && !media.has(resolved)) media.set(resolved, { kind: 'image', url: resolved, title: oneLine(alt, 200) });
  }
  return [...media.values()];
}

/** The https address of a picture, for a relative one at this very commit; undefined for badges and what has none. */
export function resolveImage(url: string, readmePath: string, repository: Repository): string | undefined {
  if (/^[a-z][a-z0-9+.-]*:|^\/\//i.test(url)) return absolute(url.startsWith('//') ? `https:${url}` : url);
  const path = relativePath(url, readmePath);
  // Being listed also proves that it is a plain file inside the tree.
  if (path === undefined || !repository.files.some((file) => file.path === path)) return undefined;
  return rawUrl(path, repository);
}

function absolute(text: string): string | undefined {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    return undefined;
  }
  if (url.protocol !== 'https:' || url.username !== '' || url.password !== '') return undefined;
  if (BADGE.test(url.hostname) || BADGE_PATH.test(url.pathname)) return undefined;
  // GitHub's page about a picture is not the picture.
  if (url.hostname === 'github.com') url.pathname = url.pathname.replace(/^(\/[^/]+\/[^/]+)\/blob\//, '$1/raw/');
  return url.href;
}

/** Where a reference in the README leads within the repository; undefined outside of it. */
function relativePath(reference: string, readmePath: string): string | undefined {
  let decoded: string;
  try {
    decoded = decodeURIComponent(reference.replace(/[?#].*$/s, ''));
  } catch {
    return undefined;
  }
  const from = decoded.startsWith('/') ? [] : readmePath.split('/').slice(0, -1);
  const path: string[] = [...from];
  for (const part of decoded.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') path.push(part);
    else if (path.pop() === undefined) return undefined;
  }
  return path.length === 0 ? undefined : path.join('/');
}

/** The public address of a file at the commit, on hosts that are known to have one. */
function rawUrl(path: string, { publicUrl, commitSha }: Repository): string | undefined {
  const match = /^https:\/\/(github\.com|gitlab\.com)\/(.+?)(?:\.git)?\/?$/i.exec(publicUrl ?? '');
  if (!match) return undefined;
  const [, host = '', project = ''] = match;
  const encoded = path.split('/').map(encodeURIComponent).join('/');
  return host.toLowerCase() === 'github.com'
    ? `https://raw.githubusercontent.com/${project}/${commitSha}/${encoded}`
    : `https://gitlab.com/${project}/-/raw/${commitSha}/${encoded}`;
}
