/** A piece of running text, as a reader of the page sees it. */
export interface PageBlock {
  kind: 'heading' | 'paragraph' | 'quote';
  /** Of a heading, 1 to 6; 0 otherwise. */
  depth: number;
  centred: boolean;
  /** Visible text, a line for each that the author broke. */
  lines: PageLine[];
  /** What the pictures within say of themselves, for a heading that is a logo. */
  pictureText: string;
}

export interface PageLine {
  text: string;
  /** The same without the words of links. */
  unlinked: string;
  links: number;
}

export interface FoundImage {
  url: string;
  alt: string;
  video?: boolean;
}

export interface FoundLink {
  url: string;
  text: string;
  /** What stands before it on its line. */
  before: string;
  /** The heading it stands below; empty above the first. */
  section: string;
}

/** What a README shows, whatever it is written in. */
export interface Page {
  blocks: PageBlock[];
  images: FoundImage[];
  links: FoundLink[];
}

export const emptyPage = (): Page => ({ blocks: [], images: [], links: [] });

/** Text of a block on one line. */
export function blockText({ lines }: Pick<PageBlock, 'lines'>): string {
  return lines.map(({ text }) => text).join(' ').replace(/\s+/g, ' ').trim();
}
