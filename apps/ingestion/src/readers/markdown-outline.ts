import type { Nodes, Root } from 'mdast';
import type { FoundImage } from './readme-images';

export interface Outline {
  title: string | undefined;
  /** The first paragraph that is prose. */
  paragraph: string | undefined;
  images: FoundImage[];
}

/** Prose has words outside of its links: a row of links or badges is navigation. */
const LETTERS = /\p{L}{2,}/u;
const MAX_IMAGES = 40;

/** Title, first prose and pictures of a Markdown document, by a real parser. */
export async function outlineOf(markdown: string): Promise<Outline> {
  // An ESM package, and loaded only once a README is there.
  const { fromMarkdown } = await import('mdast-util-from-markdown');
  const root = fromMarkdown(markdown);
  const images: FoundImage[] = [];
  collectImages(root, definitions(root), images);
  return { title: titleOf(root), paragraph: paragraphOf(root), images };
}

function titleOf(root: Root): string | undefined {
  for (const depth of [1, 2]) {
    for (const node of root.children) {
      if (node.type === 'heading' && node.depth === depth) {
        const text = textOf(node, true).trim();
        if (text !== '') return text;
      }
      // A heading in HTML, as centred titles are written.
      const html = node.type === 'html' && depth === 1 ? /<h1\b[^>]{0,500}>([\s\S]{1,2000}?)<\/h1>/i.exec(node.value)?.[1] : undefined;
      const text = html?.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ').trim();
      if (text) return text;
    }
  }
  return undefined;
}

function paragraphOf(root: Root): string | undefined {
  for (const node of root.children) {
    if (node.type !== 'paragraph') continue;
    if (!LETTERS.test(textOf(node, false))) continue;
    const text = textOf(node, true).replace(/\s+/g, ' ').trim();
    if (LETTERS.test(text)) return text;
  }
  return undefined;
}

/** Visible text: no pictures, no HTML; `links` says whether the text of links counts. */
function textOf(node: Nodes, links: boolean): string {
  if (node.type === 'text' || node.type === 'inlineCode') return node.value;
  if (node.type === 'break') return ' ';
  if (!links && (node.type === 'link' || node.type === 'linkReference')) return ' ';
  if (!('children' in node)) return '';
  return node.children.map((child) => textOf(child, links)).join('');
}

function definitions(root: Root): Map<string, string> {
  return new Map(root.children.filter((node) => node.type === 'definition').map(({ identifier, url }) => [identifier, url]));
}

function collectImages(node: Nodes, known: ReadonlyMap<string, string>, images: FoundImage[]): void {
  if (images.length >= MAX_IMAGES) return;
  if (node.type === 'image') images.push({ url: node.url, alt: node.alt ?? '' });
  if (node.type === 'imageReference') {
    const url = known.get(node.identifier);
    if (url !== undefined) images.push({ url, alt: node.alt ?? '' });
  }
  if (node.type === 'html') {
    for (const [tag] of node.value.matchAll(/<img\b[^<>]{1,2000}>/gi)) images.push({ url: attribute(tag, 'src'), alt: attribute(tag, 'alt') });
  }
  if ('children' in node) for (const child of node.children) collectImages(child, known, images);
}

function attribute(tag: string, name: string): string {
  const match = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s>]+))`, 'i').exec(tag);
  return (match?.[1] ?? match?.[2] ?? match?.[3] ?? '').replaceAll('&amp;', '&');
}
