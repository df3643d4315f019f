import { isPrivateHost, type Media } from '@osiris/contracts';
import { isBadge } from './badges';
import type { FoundLink } from './readme-page';

const MAX_URL = 1_000;
const MAX_WORDS_BEFORE = 6;
const ORNAMENT = /[\p{Extended_Pictographic}\u200d\ufe0f»›→➜↗<>*[\]()「」【】]/gu;
const DEMO =
  /^(?:(?:view|see|try|open|check out|visit|launch|go to|live|online|public|hosted|interactive|the|a|our) )*(?:demo|playground)(?: (?:site|app|page|website|version|instance|online|here|now))?$|^(?:live|online|web) (?:app|preview|site|website|version|instance)$|^try (?:it|now|online|live|the app)(?: (?:out|now|online|live|here|in your browser|yourself))*$|^(?:在线|線上|在线的)?(?:演示|体验|體驗|预览|示例站点|试用)(?:地址|站点)?$|^(?:オンライン)?デモ(?:サイト)?$|^데모$|^(?:живое |онлайн[ -])?демо$|^(?:ver |démo |demo )?(?:démo|en ligne|en vivo|en línea|ao vivo)$|^نسخة تجريبية$/iu;
const DOCS =
  /^(?:(?:read|see|view|visit|full|official|online|explore|the|our|project|user) )*(?:docs|documentation|document site|docs site|doc|user guide|user manual|manual|handbook)(?: (?:site|website|here|page))?$|^(?:官方|使用|在线)?(?:文档|文檔|说明文档|手册)(?:地址|站点)?$|^ドキュメント$|^문서$|^документация$|^documentación$|^documentação$|^dokumentation$|^التوثيق$/iu;
/** Pictures, films and archives show or hold something; they are neither a demo nor documents. */
const FILE = /\.(?:png|jpe?g|gif|webp|avif|svg|mp4|webm|mov|zip|tar|gz|exe|dmg|apk|ipa)$/i;
/** Where films are, and where others' things are put to work. */
const NOT_A_DEMO = /(?:^|\.)(?:youtube\.com|youtu\.be|vimeo\.com|loom\.com|bilibili\.com|asciinema\.org|twitter\.com|x\.com|discord\.(?:gg|com))$/i;

/** The first link that leads to the app at work, and the first to its documents: by what they are called. */
export function linkMedia(links: readonly FoundLink[], repositoryUrl: string | null): Media[] {
  const found: Media[] = [];
  for (const [kind, pattern] of [['demo', DEMO], ['docs', DOCS]] as const) {
    for (const link of links) {
      if (!isCalled(link, pattern)) continue;
      const url = addressOf(link.url, repositoryUrl);
      if (!url || (kind === 'demo' && NOT_A_DEMO.test(new URL(url).hostname)) || found.some((other) => other.url === url)) continue;
      found.push({ kind, url, title: title(link, pattern, kind) });
      break;
    }
  }
  return found;
}

/** By its own words; an address that stands as itself by what is said before it, or by its heading. */
function isCalled({ text, url, before, section }: FoundLink, name: RegExp): boolean {
  // Within a sentence it is about something else.
  if (name.test(plain(text))) return plain(before).split(' ').length <= MAX_WORDS_BEFORE;
  const bare = /^(?:https?:\/\/|www\.)/i.test(text.trim()) || plain(url).includes(plain(text)) || /^(?:here|link|click here|this link|点击这里|这里|こちら)$/i.test(plain(text));
  if (!bare || text.trim() === '') return false;
  const label = /([^:：|.!?。]{1,60})[:：]\s*$/.exec(before)?.[1];
  return label !== undefined ? name.test(plain(label)) : plain(before) === '' && name.test(plain(section));
}

function title({ text }: FoundLink, name: RegExp, kind: 'demo' | 'docs'): string {
  const words = text.replace(ORNAMENT, ' ').replace(/\s+/g, ' ').trim();
  return name.test(plain(text)) ? words : { demo: 'Demo', docs: 'Documentation' }[kind];
}

function plain(text: string): string {
  return text.slice(0, 300).replace(ORNAMENT, ' ').replace(/\s+/g, ' ').replace(/^[\s-]+|[\s.!:：-]+$/g, '').trim().toLowerCase();
}

/** A public https address that is not the repository's own page; undefined for others. */
function addressOf(text: string, repositoryUrl: string | null): string | undefined {
  if (!URL.canParse(text) || text.length > MAX_URL) return undefined;
  const url = new URL(text);
  if (url.protocol !== 'https:' || url.username !== '' || url.password !== '' || url.href.length > MAX_URL) return undefined;
  if (!url.hostname.includes('.') || isPrivateHost(url.hostname) || isBadge(url) || FILE.test(url.pathname)) return undefined;
  const own = (repositoryUrl ?? '').replace(/(?:\.git)?\/*$/, '').toLowerCase();
  const address = url.href.replace(/[?#].*$/, '').replace(/\/+$/, '').toLowerCase();
  if (own !== '' && (address === own || address.startsWith(`${own}/`))) return undefined;
  return url.href;
}
