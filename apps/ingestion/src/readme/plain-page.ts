import { emptyPage, type FoundLink, type Page } from './readme-page';

const MAX_LINE = 2_000;
/** Underlines, boxes and drawings. */
const DRAWN = /^[^\p{L}\p{N}]+$/u;

/** What a README without markup, or in AsciiDoc, shows: its first line is a title where it is short and stands alone. */
export function plainPage(text: string): Page {
  const page = emptyPage();
  const blocks = text.split(/\r?\n/).map((line) => line.slice(0, MAX_LINE).trimEnd());
  let paragraph: string[] = [];
  let section = '';
  const flush = (): void => {
    const lines = paragraph.filter((line) => !DRAWN.test(line));
    const underlined = paragraph.length === 2 && DRAWN.test(paragraph[1] ?? '');
    paragraph = [];
    const [first] = lines;
    if (first === undefined) return;
    const marked = /^={1,6}\s+(.+)$/.exec(first)?.[1];
    const alone = lines.length === 1 && (page.blocks.length === 0 || underlined) && first.length <= 60 && !/[.:;,。]$/.test(first);
    // The lines behind a marked title are its author, version and attributes.
    if (marked !== undefined || alone) {
      section = (marked ?? first).trim();
      page.blocks.push({ kind: 'heading', depth: page.blocks.length === 0 ? 1 : 2, centred: false, lines: [{ text: section, unlinked: section, links: 0 }], pictureText: '' });
      if (marked !== undefined) collectImages(page, lines);
      return;
    }
    collectImages(page, lines);
    const links = collectLinks(page, lines.join(' '), section);
    // Indented is code or a list; so is what begins with a mark, an attribute or a block macro.
    if (/^(?:\s{2,}|[-*+•.$>#] ?|:[\w-]+:|\w+::|\[|\d+[.)] )/.test(first)) return;
    const words = lines.join(' ').replace(/\s+/g, ' ').replace(LINK, (_all, url: string, label: string | undefined) => label || url).trim();
    page.blocks.push({ kind: 'paragraph', depth: 0, centred: false, lines: [{ text: words, unlinked: words.replace(/https?:\/\/\S+/g, ' '), links }], pictureText: '' });
  };
  for (const line of blocks) {
    if (line.trim() === '') flush();
    else paragraph.push(line);
  }
  flush();
  return page;
}

/** `https://draw.example[Live demo]` of AsciiDoc, or an address alone. */
const LINK = /(?<!\w)(https?:\/\/[^\s<>[\]]{1,1000})(?:\[([^\]\n]{0,200})\])?/g;

function collectLinks(page: Page, text: string, section: string): number {
  const found: FoundLink[] = [];
  for (const match of text.slice(0, 20_000).matchAll(LINK)) {
    const url = (match[1] ?? '').replace(/[.,;:)]+$/, '');
    found.push({ url, text: match[2] || url, before: text.slice(Math.max(0, match.index - 100), match.index), section });
  }
  page.links.push(...found);
  return found.length;
}

/** `image::docs/shot.png[Board]` */
function collectImages(page: Page, lines: readonly string[]): void {
  for (const line of lines) {
    const [, url = '', alt = ''] = /^image::?([^\s[\]]{1,1000})\[([^\],]{0,200})/.exec(line) ?? [];
    if (url !== '' && page.images.length < 40) page.images.push({ url, alt });
  }
}
