import { proseOf, withoutOrnament } from './prose';
import { blockText, type Page, type PageBlock } from './readme-page';
import { ABOUT_SECTION, GENERIC_TITLE, PRACTICAL_SECTION, SECTION_TITLE } from './readme-words';

export interface Outline {
  title: string | undefined;
  /** The first paragraph that is prose, of where a README says what it is. */
  summary: string | undefined;
}

const MAX_TITLE = 80;
/** `Draw - a whiteboard for many hands`, `Draw: …`, `Draw | …` */
const TITLE_AND_MORE = /^(.{2,40}?)(?:\s+[-–—|:·~]+\s+|:\s+|：)(.+)$/u;
const LOGO_ALT = /\s*(?:logo(?:type)?|icon|banner|header|wordmark)\s*$/i;

type Place = 'lead' | 'about' | 'other' | 'practical';
interface Section {
  place: Place;
  depth: number;
}

/** What a README calls the app and first says of it. */
export function outlineOf({ blocks }: Pick<Page, 'blocks'>): Outline {
  const at = titleIndex(blocks);
  const written = at === undefined ? undefined : titleText(blocks[at]);
  const [title, tail] = split(written);
  return { title, summary: summaryOf(blocks, at, title) ?? (tail && withoutOrnament(tail)) };
}

/** The first heading of the first level; where there is none, the first heading, if it stands above all or is centred. */
function titleIndex(blocks: readonly PageBlock[]): number | undefined {
  const fits = (block: PageBlock): boolean => block.kind === 'heading' && isName(titleText(block));
  const first = blocks.findIndex((block) => fits(block) && block.depth === 1);
  if (first !== -1) return first;
  const other = blocks.findIndex((block) => fits(block) && (block.centred || block.depth === 2));
  return other === -1 ? undefined : other;
}

function titleText(block: PageBlock | undefined): string | undefined {
  if (!block) return undefined;
  const text = blockText(block) || block.pictureText.replace(LOGO_ALT, '');
  return withoutOrnament(text.replace(/\s+/g, ' ').trim());
}

function isName(text: string | undefined): boolean {
  return text !== undefined && /[\p{L}\p{N}]/u.test(text) && !GENERIC_TITLE.test(text) && !SECTION_TITLE.test(text);
}

/** Name and what is said behind it, which is a description where it has some words. */
function split(title: string | undefined): [string | undefined, string | undefined] {
  const [, name = '', more = ''] = TITLE_AND_MORE.exec(title?.slice(0, 300) ?? '') ?? [];
  const words = more.split(/\s+/).length;
  if (name !== '' && (words >= 3 || /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]{4}/u.test(more))) return [name.trim(), more.trim()];
  return title !== undefined && title.length <= MAX_TITLE ? [title, undefined] : [undefined, title];
}

function summaryOf(blocks: readonly PageBlock[], titleAt: number | undefined, title: string | undefined): string | undefined {
  const found: Partial<Record<Place | 'before' | 'tagline', string>> = {};
  let section: Section = { place: 'lead', depth: 6 };
  blocks.forEach((block, index) => {
    if (block.kind === 'heading') {
      if (index === titleAt) return;
      const text = withoutOrnament(blockText(block));
      // A centred heading of some words is a tagline in large letters.
      if (block.centred && text.split(' ').length >= 4 && !SECTION_TITLE.test(text)) found.tagline ??= proseOf({ ...block, kind: 'paragraph' }) || undefined;
      else if (titleAt === undefined || index > titleAt) section = sectionOf(text, block.depth, section);
      return;
    }
    const prose = proseOf(block);
    if (prose === '' || prose.toLowerCase() === title?.toLowerCase()) return;
    if (titleAt !== undefined && index < titleAt) found.before ??= prose;
    else found[section.place] ??= prose;
  });
  return found.lead ?? found.tagline ?? found.about ?? found.before ?? found.other;
}

function sectionOf(heading: string, depth: number, before: Section): Section {
  if (ABOUT_SECTION.test(heading)) return { place: 'about', depth };
  // Logos stand as headings without words, and "# README" opens the page as a title does.
  if (before.place === 'lead' && (heading === '' || GENERIC_TITLE.test(heading))) return before;
  if (PRACTICAL_SECTION.test(heading)) return { place: 'practical', depth };
  return before.place === 'practical' && depth > before.depth ? before : { place: 'other', depth };
}
