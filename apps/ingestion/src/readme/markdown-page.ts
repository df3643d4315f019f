import { attributeOf, type HtmlElement, type HtmlNode, parseHtml } from './bounded-html';
import { htmlOf } from './markdown-html';
import { blockText, emptyPage, type FoundLink, type Page, type PageBlock } from './readme-page';

const MAX_IMAGES = 40;
const MAX_LINKS = 200;
const MAX_DEPTH = 100;
/** What stands in these is no prose; pictures and links in them count. */
const APART = new Set(['ul', 'ol', 'dl', 'table', 'details', 'pre', 'nav', 'footer', 'figcaption', 'aside', 'select', 'form']);
/** What nobody sees, or what a host of repositories leaves out. */
const UNSEEN = new Set(['script', 'style', 'template', 'svg', 'math', 'noscript', 'iframe', 'object', 'head', 'title', 'textarea']);
const BLOCK = new Set(['p', 'div', 'center', 'section', 'article', 'header', 'main', 'figure', 'blockquote', 'hr', 'li', 'tr', 'td', 'th', 'summary', 'dt', 'dd', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', ...APART]);
/** Emoji as GitHub writes them: `:rocket:`. */
const SHORTCODE = /(^|\s):[a-z0-9_+-]{2,40}:(?=\s|$)/g;

interface Context {
  centred: boolean;
  quoted: boolean;
  /** In something that is no prose. */
  apart: boolean;
  link: FoundLink | undefined;
  heading: number;
  depth: number;
}

/** What a README in Markdown shows. @throws RangeError for what no person wrote */
export async function markdownPage(markdown: string): Promise<Page> {
  const walker = new PageWalker();
  walker.walk(parseHtml(await htmlOf(markdown)), { centred: false, quoted: false, apart: false, link: undefined, heading: 0, depth: 0 });
  walker.end();
  return walker.page;
}

class PageWalker {
  readonly page = emptyPage();
  private block: PageBlock | undefined;
  private line = '';
  private section = '';

  walk(nodes: readonly HtmlNode[], context: Context): void {
    if (context.depth > MAX_DEPTH) return;
    for (const node of nodes) {
      if (node.nodeName === '#text' && 'value' in node) this.text(node.value, context);
      else if ('tagName' in node && !UNSEEN.has(node.tagName)) this.element(node, context);
    }
  }

  /** Closes what is open. */
  end(): void {
    const { block } = this;
    this.block = undefined;
    this.line = '';
    if (!block) return;
    for (const line of block.lines) line.text = line.text.replace(SHORTCODE, '$1').replace(/\s+/g, ' ').trim();
    block.lines = block.lines.filter(({ text }) => text !== '');
    if (block.kind === 'heading') this.section = blockText(block);
    if (block.lines.length > 0 || (block.kind === 'heading' && block.pictureText !== '')) this.page.blocks.push(block);
  }

  private element(element: HtmlElement, context: Context): void {
    const { tagName } = element;
    const isBlock = BLOCK.has(tagName);
    if (isBlock) this.end();
    if (tagName === 'br') this.newLine(context);
    if (tagName === 'img') this.image(element, context);
    if (tagName === 'video') this.video(element);
    const inner = { ...context, depth: context.depth + 1 };
    if (APART.has(tagName)) inner.apart = true;
    if (tagName === 'blockquote') inner.quoted = true;
    if (tagName === 'center' || /^(center|middle)$/i.test(attributeOf(element, 'align'))) inner.centred = true;
    if (/^h[1-6]$/.test(tagName)) inner.heading = Number(tagName[1]);
    if (tagName === 'a') inner.link = this.link(element, context);
    this.walk(element.childNodes, inner);
    if (isBlock) this.end();
  }

  private text(value: string, context: Context): void {
    if (context.link) context.link.text = (context.link.text + value).slice(0, 300);
    this.line = (this.line + value).slice(-300);
    if (context.apart && context.heading === 0) return;
    if (!this.block && value.trim() === '') return;
    const line = this.open(context).lines.at(-1);
    if (!line) return;
    line.text += value;
    if (!context.link) line.unlinked += value;
  }

  private open(context: Context): PageBlock {
    const kind = context.heading > 0 ? 'heading' : context.quoted ? 'quote' : 'paragraph';
    return (this.block ??= { kind, depth: context.heading, centred: context.centred, lines: [{ text: '', unlinked: '', links: 0 }], pictureText: '' });
  }

  private newLine(context: Context): void {
    this.line = '';
    if (this.block && context.heading === 0) this.block.lines.push({ text: '', unlinked: '', links: 0 });
    else if (this.block) this.text(' ', context);
  }

  private image(element: HtmlElement, context: Context): void {
    const alt = attributeOf(element, 'alt');
    if (context.heading > 0) this.open(context).pictureText ||= alt;
    const tiny = ['width', 'height'].some((side) => /^\d{1,2}(px)?$/.test(attributeOf(element, side)) && parseInt(attributeOf(element, side), 10) <= 48);
    const url = attributeOf(element, 'src').trim();
    if (url !== '' && !tiny && this.page.images.length < MAX_IMAGES) this.page.images.push({ url, alt });
  }

  private video(element: HtmlElement): void {
    const sources = element.childNodes.flatMap((child) => ('tagName' in child && child.tagName === 'source' ? [attributeOf(child, 'src')] : []));
    const url = [attributeOf(element, 'src'), ...sources].find((src) => src !== '')?.trim();
    if (url && this.page.images.length < MAX_IMAGES) this.page.images.push({ url, alt: attributeOf(element, 'title'), video: true });
  }

  private link(element: HtmlElement, context: Context): FoundLink | undefined {
    const link: FoundLink = { url: attributeOf(element, 'href').trim(), text: '', before: this.line, section: this.section };
    // <a name="top"> is a place, no link.
    if (link.url === '') return undefined;
    const line = context.apart && context.heading === 0 ? undefined : this.open(context).lines.at(-1);
    if (line) line.links++;
    if (this.page.links.length < MAX_LINKS) this.page.links.push(link);
    return link;
  }
}
