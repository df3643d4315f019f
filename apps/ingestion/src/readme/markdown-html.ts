import type { Nodes, Parents, Root } from 'mdast';
import { withinMs } from './time-limit';

/**
 * Milliseconds. What a person wrote takes a few dozen; thousands of marks of emphasis or of pictures in one paragraph, none of
 * which ends, take the parser time that grows with the square of them.
 */
const MAX_TIME = 3_000;
/** Deeper nesting than this no person writes; beyond it nothing is taken. */
const MAX_DEPTH = 60;
/** A definition's address is repeated at each of its uses: together they must not grow with the square of the length. */
const MAX_URL = 2_000;

type Definitions = ReadonlyMap<string, string>;

/**
 * The document as HTML, its own HTML in its place, for a parser of HTML to read both as one. No code, footnotes or checkboxes.
 * @throws Error for what no person wrote: it takes too long
 */
export async function htmlOf(markdown: string): Promise<string> {
  // ESM packages, and loaded only once a README is there.
  const [{ unified }, { default: remarkParse }, { default: remarkGfm }] = await Promise.all([import('unified'), import('remark-parse'), import('remark-gfm')]);
  const root: Root = withinMs(MAX_TIME, () => unified().use(remarkParse).use(remarkGfm).parse(markdown));
  const definitions = new Map<string, string>();
  for (const node of root.children) if (node.type === 'definition' && !definitions.has(node.identifier)) definitions.set(node.identifier, node.url);
  return html(root, definitions, 0);
}

function html(node: Nodes, definitions: Definitions, depth: number): string {
  if (depth > MAX_DEPTH) return '';
  const inner = (parent: Parents): string => parent.children.map((child) => html(child, definitions, depth + 1)).join('');
  const element = (name: string, parent: Parents): string => `<${name}>${inner(parent)}</${name}>`;
  switch (node.type) {
    case 'html': return node.value;
    case 'text': return escaped(node.value);
    case 'inlineCode': return `<code>${escaped(node.value)}</code>`;
    case 'break': return '<br>';
    case 'thematicBreak': return '<hr>';
    case 'paragraph': return element('p', node);
    case 'heading': return element(`h${node.depth}`, node);
    case 'blockquote': return element('blockquote', node);
    case 'list': return element('ul', node);
    case 'listItem': return element('li', node);
    case 'table': return element('table', node);
    case 'tableRow': return element('tr', node);
    case 'tableCell': return element('td', node);
    case 'link': return `<a href="${escaped(short(node.url))}">${inner(node)}</a>`;
    case 'linkReference': return `<a href="${escaped(short(definitions.get(node.identifier)))}">${inner(node)}</a>`;
    case 'image': return image(node.url, node.alt);
    case 'imageReference': return image(definitions.get(node.identifier), node.alt);
    case 'root': case 'strong': case 'emphasis': case 'delete': return inner(node);
    default: return '';
  }
}

function image(url: string | undefined, alt: string | null | undefined): string {
  return `<img src="${escaped(short(url))}" alt="${escaped(alt ?? '')}">`;
}

function short(url = ''): string {
  return url.length > MAX_URL ? '' : url;
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;');
}
