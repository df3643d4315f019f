import { defaultTreeAdapter, type DefaultTreeAdapterMap, type DefaultTreeAdapterTypes, parseFragment, type TreeAdapter } from 'parse5';

export type HtmlNode = DefaultTreeAdapterTypes.ChildNode;
export type HtmlElement = DefaultTreeAdapterTypes.Element;

/** Many times what a README has. */
const MAX_ELEMENTS = 20_000;
const MAX_LENGTH = 500_000;

/**
 * The nodes of a piece of HTML, as a browser reads it. The standard has open `<b>` and the like made anew in each later
 * paragraph, so that a short text can become a tree of millions; hence the count.
 * @throws RangeError where it becomes larger than a document is
 */
export function parseHtml(html: string): HtmlNode[] {
  if (html.length > MAX_LENGTH) throw new RangeError('The document is too long');
  let elements = 0;
  const treeAdapter: TreeAdapter<DefaultTreeAdapterMap> = {
    ...defaultTreeAdapter,
    createElement(name, namespace, attributes) {
      if (++elements > MAX_ELEMENTS) throw new RangeError('The document has too many elements');
      return defaultTreeAdapter.createElement(name, namespace, attributes);
    },
  };
  return parseFragment(html, { treeAdapter }).childNodes;
}

export function attributeOf(element: HtmlElement, name: string): string {
  return element.attrs.find((attribute) => attribute.name === name)?.value ?? '';
}
