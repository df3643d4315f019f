import { proseOf, withoutOrnament } from './prose';
import { blockText, type Page, type PageBlock } from './readme-page';
import { ABOUT_SECTION, BOILERPLATE, GENERIC_TITLE, PRACTICAL_SECTION, SECTION_TITLE } from './readme-words';

export interface Outline {
  title: string | undefined;
  /** The first paragraph that is prose, of where a README says what it is. */
  summary: string | undefined;
}

const MAX_TITLE = 80;
/** Blocks from the beginning, in which a generator names itself. */
const GENERATED_WITHIN = 6;
/** `Draw - a whiteboard for many hands`, `Draw: …`, `Draw | …` */
const TITLE_AND_MORE = /^(.{2,40}?)(?:\s+[-–—|:·~]+\s+|:\s+|：)(.+)$/u;
const LOGO_ALT = /\s*(?:logo(?:type)?|icon|banner|header|wordmark)\s*$/i;

/** `draw v1.4.0` */
const VERSION = /(?<=\S) [v(]{0,2}\d+\.\d+\.\d+[\w.+-]{0,40}\)?$/;

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
  // What a generator wrote says nothing of the app, its sections least of all.
  const generated = blocks.slice(0, GENERATED_WITHIN).some((block) => BOILERPLATE.test(blockText(block).slice(0, 300)));
  const found = proseByPlace(blocks, at, title);
  const declared = found.lead ?? found.tagline ?? found.about ?? found.before;
  return { title, summary: declared ?? (tail && withoutOrnament(tail)) ?? (generated ? undefined : found.other) };
}

/** The first heading of the first level; where there is none, a centred one, or the one that all others stand below. */
function titleIndex(blocks: readonly PageBlock[]): number | undefined {
  const headings = blocks.flatMap((block, index) => (block.kind === 'heading' ? [{ block, index }] : []));
  const named = headings.filter(({ block }) => isName(titleText(block)));
  const first = named.find(({ block }) => block.depth === 1) ?? named.find(({ block }) => block.centred);
  if (first || headings.some(({ block }) => block.depth === 1)) return first?.index;
  return named.find((heading) => heading === headings[0] && heading.block.depth === 2)?.index;
}

function titleText(block: PageBlock | undefined): string | undefined {
  if (!block) return undefined;
  const text = blockText(block) || block.pictureText.replace(LOGO_ALT, '');
  return withoutOrnament(text.replace(/\s+/g, ' ').replace(VERSION, '').trim());
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

type Found = Partial<Record<Place | 'before' | 'tagline', string>>;

/** The first prose of each place. */
function proseByPlace(blocks: readonly PageBlock[], titleAt: number | undefined, title: string | undefined): Found {
  const found: Found = {};
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
  return found;
}

function sectionOf(heading: string, depth: number, before: Section): Section {
  if (ABOUT_SECTION.test(heading)) return { place: 'about', depth };
  // Logos stand as headings without words, and "# README" opens the page as a title does.
  if (before.place === 'lead' && (heading === '' || (GENERIC_TITLE.test(heading) && !SECTION_TITLE.test(heading)))) return before;
  if (PRACTICAL_SECTION.test(heading)) return { place: 'practical', depth };
  return before.place === 'practical' && depth > before.depth ? before : { place: 'other', depth };
}
