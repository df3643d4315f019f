import { isBadge, isBadgePath } from './badges';
import { rawUrl } from './raw-url';
import type { FoundMedia, Repository } from '../readers/reader';
import type { FoundImage } from './readme-page';
import { pathFrom } from './relative-path';
import { oneLine } from '../readers/tags';

const MAX_IMAGES = 6;
const MAX_URL = 1_000;
/** A picture of the app says more on its card than its logo. */
const SHOWS_IT = /screen|shot|demo|preview|dashboard|example|showcase|overview|interface|\bui\b|\.gif$|截图|界面|演示|スクリーン|스크린|скрин|captura/i;
const LOGO = /logo|icon|brand|wordmark|avatar|\bflag|sponsor|banner/i;
/** Who pays for it or writes it. */
const PEOPLE = /\b(?:sponsors?|backers?|contributors?|thanks|donat(?:e|ions?)|browserstack)\b/i;
const PICTURE = /\.(?:png|jpe?g|gif|webp|avif)$/i;

/** Pictures and films of a README that a page of the hub can show, those that show the app first. */
export function readmeMedia(images: readonly FoundImage[], readmePath: string, repository: Repository): FoundMedia[] {
  const media = new Map<string, { media: FoundMedia; rank: number }>();
  for (const image of images) {
    const found = resolveMedia(image, readmePath, repository);
    const key = found && ('path' in found ? found.path : found.url);
    if (found && key !== undefined && key.length <= MAX_URL && !media.has(key)) media.set(key, { media: found, rank: rankOf(image) });
  }
  return [...media.values()].sort((a, b) => a.rank - b.rank).slice(0, MAX_IMAGES).map((one) => one.media);
}

function rankOf({ url, alt }: FoundImage): number {
  const path = url.replace(/^[a-z]+:\/\/[^/]*/i, '').replace(/[?#].*$/, '');
  const name = `${alt.slice(0, 200)} ${path.split('/').slice(-2).join('/').slice(-200)}`;
  return LOGO.test(name) ? 2 : SHOWS_IT.test(name) ? 0 : 1;
}

/** Where a picture is to be had; undefined for badges and what cannot be shown. */
function resolveMedia({ url, alt, video }: FoundImage, readmePath: string, repository: Repository): FoundMedia | undefined {
  if (PEOPLE.test(`${alt.slice(0, 200)} ${url.slice(0, MAX_URL)}`)) return undefined;
  const about = { kind: video ? ('video' as const) : ('image' as const), title: oneLine(alt, 200) };
  if (/^[a-z][a-z0-9+.-]*:|^[\\/]{2}/i.test(url)) {
    const address = publicAddress(/^[\\/]{2}/.test(url) ? `https:${url}` : url);
    return address === undefined ? undefined : { ...about, url: address };
  }
  const path = pathFrom(readmePath, url, repository.files);
  if (path === undefined || isBadgePath(`/${path}`)) return undefined;
  const raw = rawUrl(path, repository);
  if (raw !== undefined) return { ...about, url: raw };
  // Films are too large to be kept, and an SVG can hold scripts.
  return !video && PICTURE.test(path) ? { ...about, kind: 'image', path } : undefined;
}

/** An https address that needs no credentials and is no badge. */
export function publicAddress(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  if (url.protocol !== 'https:' || url.username !== '' || url.password !== '' || isBadge(url)) return undefined;
  // GitHub's page about a picture is not the picture.
  if (url.hostname === 'github.com') url.pathname = url.pathname.replace(/^(\/[^/]+\/[^/]+)\/blob\//, '$1/raw/');
  return url.href;
}
