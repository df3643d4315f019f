import type { IngestionWarning } from '@osiris/contracts';
import { matterTags, splitFrontMatter } from '../readme/front-matter';
import { markdownPage } from '../readme/markdown-page';
import { plainPage } from '../readme/plain-page';
import type { Reader, Reading } from './reader';
import { findReadme } from '../readme/readme-files';
import { readmeMedia } from '../readme/readme-images';
import { linkMedia } from '../readme/readme-links';
import { outlineOf } from '../readme/readme-outline';
import { emptyPage, type Page } from '../readme/readme-page';
import { rstPage } from '../readme/rst-page';
import { oneLine } from './tags';

const MAX_TITLE = 80;
/**
 * Title, first prose and first pictures stand within this many characters. Nesting makes the parser's time grow with the
 * square of the length (100 000 characters of "> " take it 28 s), so it gets little at a time.
 */
const MAX_PARSED = 20_000;
/** Underlined headings take time with the square of the lines (15 000 take 20 s). */
const MAX_LINES = 1_500;
/** More marks of quotes and lists at the beginning of a line than anybody nests; each would take the parser once more through the line. */
const DEEP_MARKS = /^[ \t]*(?:(?:>|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t]))[ \t]*){9,}/gm;

/** Title, first prose, pictures, films, demo and documents of the README, and its front matter. */
export const readmeReader: Reader = {
  name: 'readme',
  wants: (repository) => [findReadme(repository)].filter((path) => path !== undefined),
  async read(contents, repository): Promise<Reading> {
    const [entry] = contents;
    if (!entry) return {};
    const [path, { text }] = entry;
    const warnings: IngestionWarning[] = [];
    const { matter, body, warning, line } = splitFrontMatter(text);
    if (warning !== undefined) warnings.push({ code: 'MANIFEST_INVALID', message: `${path}: ${warning}`, path, line: line ?? null });
    let page = emptyPage();
    try {
      page = await pageOf(path, beginningOf(body));
    } catch {
      warnings.push({ code: 'FILE_UNREADABLE', message: `${path} is nested too deeply to be understood`, path, line: null });
    }
    const { title, summary } = outlineOf(page);
    return {
      name: oneLine(matter.title ?? title ?? '', MAX_TITLE) || undefined,
      description: matter.short_description,
      summary,
      port: matter.app_port,
      tags: matterTags(matter, path),
      media: [...readmeMedia(page.images, path, repository), ...linkMedia(page.links, repository.publicUrl)],
      warnings,
    };
  },
};

async function pageOf(path: string, text: string): Promise<Page> {
  if (/\.rst$/i.test(path)) return rstPage(text);
  if (/\.(?:md|mkdn?|mdown|markdown)$/i.test(path)) return markdownPage(text.replace(DEEP_MARKS, ''));
  return plainPage(text);
}

function beginningOf(body: string): string {
  return body.slice(0, MAX_PARSED).split(/\r\n?|\n/, MAX_LINES).join('\n');
}
