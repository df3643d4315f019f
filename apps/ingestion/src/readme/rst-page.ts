import { emptyPage, type FoundLink, type Page } from './readme-page';

/** A title's underline: one punctuation mark again and again. https://docutils.sourceforge.io/docs/ref/rst/restructuredtext.html#sections */
const RULE = /^([!-/:-@[-`{-~])\1{1,200}\s*$/;
const DIRECTIVE = /^\.\.\s+(?:\|[^|]{1,100}\|\s+)?([a-z-]{1,40})::[ \t]*(.*)$/i;
const MAX_LINE = 2_000;

/** What a README in reStructuredText shows. There is no maintained parser of it in this language: its blocks are told apart by their lines. */
export function rstPage(text: string): Page {
  const page = emptyPage();
  const lines = text.split(/\r?\n/).map((line) => line.slice(0, MAX_LINE).replace(/\t/g, '    ').trimEnd());
  let section = '';
  for (let at = 0; at < lines.length; ) {
    const line = lines[at] ?? '';
    const next = lines[at + 1] ?? '';
    if (line === '') at++;
    else if (RULE.test(line) && next !== '' && RULE.test(lines[at + 2] ?? '')) {
      section = heading(page, next);
      at += 3;
    } else if (RULE.test(next) && next.length >= Math.min(line.length, 4) && !RULE.test(line) && !/^\s/.test(line)) {
      section = heading(page, line);
      at += 2;
    } else if (line.startsWith('..')) at = directive(page, lines, at);
    else {
      const end = endOf(lines, at, (one) => one === '');
      const paragraph = lines.slice(at, end);
      // Indented is quoted or code; what begins so is a list, a field, a table, or a substitution alone.
      if (!/^\s/.test(line) && !/^(?:[-*+•] |\(?[0-9a-z#]{1,3}[.)] |:[\w -]{1,60}:(?: |$)|\+[-=]|\||={2,}|>>> )/i.test(line)) paragraphOf(page, paragraph.join(' '), section);
      else collectLinks(page, paragraph.join(' '), section);
      at = end;
    }
  }
  return page;
}

function heading(page: Page, text: string): string {
  const title = inline(text).trim();
  if (title === '') return title;
  page.blocks.push({ kind: 'heading', depth: page.blocks.some(({ kind }) => kind === 'heading') ? 2 : 1, centred: false, lines: [{ text: title, unlinked: title, links: 0 }], pictureText: '' });
  return title;
}

/** A directive or comment, with all that is indented below it. */
function directive(page: Page, lines: readonly string[], at: number): number {
  const [, name = '', argument = ''] = DIRECTIVE.exec(lines[at] ?? '') ?? [];
  const end = endOf(lines, at + 1, (line) => line !== '' && !/^\s/.test(line));
  const options = lines.slice(at + 1, end);
  const option = (key: string): string => options.find((line) => line.trim().startsWith(`:${key}:`))?.trim().slice(key.length + 2).trim() ?? '';
  if (/^(?:image|figure)$/i.test(name) && argument !== '') page.images.push({ url: argument.trim(), alt: option('alt') });
  return end;
}

function endOf(lines: readonly string[], from: number, ends: (line: string) => boolean): number {
  let at = from;
  while (at < lines.length && !ends(lines[at] ?? '')) at++;
  return at;
}

function paragraphOf(page: Page, text: string, section: string): void {
  const links = collectLinks(page, text, section);
  const shown = inline(text);
  if (shown === '') return;
  const unlinked = inline(text.replace(LINK, ' ').replace(/`[^`]{1,300}`__?/g, ' ').replace(/https?:\/\/\S+/g, ' '));
  // "::" at the end announces code.
  const words = shown.replace(/\s*::$/, ':');
  page.blocks.push({ kind: 'paragraph', depth: 0, centred: false, lines: [{ text: words, unlinked, links }], pictureText: '' });
}

const LINK = /`([^`<]{1,300})<([^`<>\s]{1,1000})>`__?/g;

function collectLinks(page: Page, text: string, section: string): number {
  const found: FoundLink[] = [];
  for (const match of text.slice(0, 20_000).matchAll(LINK)) {
    found.push({ text: (match[1] ?? '').trim(), url: match[2] ?? '', before: text.slice(Math.max(0, match.index - 100), match.index), section });
  }
  for (const match of text.slice(0, 20_000).matchAll(/(?<![<\w`])https?:\/\/[^\s<>`|]{1,1000}/g)) {
    const url = match[0].replace(/[.,;:)]+$/, '');
    found.push({ text: url, url, before: text.slice(Math.max(0, match.index - 100), match.index), section });
  }
  page.links.push(...found);
  return found.length;
}

/** Text without the marks of reStructuredText. */
function inline(text: string): string {
  return text
    .replace(/\|[^|\s][^|]{0,100}\|_{0,2}/g, ' ')
    .replace(LINK, '$1')
    .replace(/(?<!`):[\w.+:-]{1,40}:`([^`<]{1,300})(?:<[^`>]{1,300}>)?`/g, '$1')
    .replace(/``([^`]{1,500})``/g, '$1')
    .replace(/`([^`]{1,300})`_{0,2}/g, '$1')
    .replace(/\*{1,2}([^*\s][^*]{0,500})\*{1,2}/g, '$1')
    .replace(/(?<=\w)_(?=[\s.,;:)]|$)/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}
