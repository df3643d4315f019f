import { splitFrontMatter } from './front-matter';
import { outlineOf } from './markdown-outline';
import type { Reader, Reading } from './reader';
import { readmeMedia } from './readme-images';
import { autoTags, oneLine } from './tags';

/** In the order in which hosts show them. */
const NAMES = [/^readme\.(md|markdown|mdown)$/i, /^(docs|\.github)\/readme\.md$/i, /^readme(\.(txt|rst))?$/i];
/** A title that says what every document of its kind is called. */
const GENERIC_TITLE = /^(read ?me|documentation|docs|introduction|about|overview|getting started|table of contents|contents)$/i;
const MAX_TITLE = 80;
/**
 * Title, first prose and first pictures stand within this many characters. Nesting makes the parser's time grow with the
 * square of the length (100 000 characters of "> " take it 28 s), so it gets little at a time.
 */
const MAX_PARSED = 30_000;
const DEEP_QUOTE = /^(?:[ \t]{0,3}>){9,}/gm;

export const readmeReader: Reader = {
  name: 'readme',
  wants: ({ files }) => {
    const found = NAMES.map((name) => files.find(({ path }) => name.test(path))?.path);
    return found.filter((path) => path !== undefined).slice(0, 1);
  },
  async read(contents, repository): Promise<Reading> {
    const [entry] = contents;
    if (!entry) return {};
    const [path, { text }] = entry;
    const { matter, body, warning } = splitFrontMatter(text);
    const { title, paragraph, images } = await outlineOf(body.slice(0, MAX_PARSED).replace(DEEP_QUOTE, '>'));
    const name = oneLine(matter.title ?? title ?? '', MAX_TITLE);
    return {
      name: name === '' || GENERIC_TITLE.test(name) ? undefined : name,
      description: matter.short_description,
      summary: paragraph,
      port: matter.app_port,
      tags: autoTags(`${path}#tags`, 'keyword', matter.tags ?? []),
      media: readmeMedia(images, path, repository),
      warnings: warning ? [{ code: 'MANIFEST_INVALID', message: `${path}: ${warning}`, path, line: null }] : [],
    };
  },
};
