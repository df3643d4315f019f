import { folderOf } from '../readers/app-folders';
import type { Repository } from '../readers/reader';

const MARKDOWN = '(?:md|mkd|mkdn|mdown|markdown)';
/** `README.zh-CN.md`, `README_ja.md`, `readme-pt_BR.md` */
const TRANSLATED = new RegExp(`^readme[._-](?<language>[a-z]{2,3}(?:[-_][a-z0-9]{2,8})?)\\.${MARKDOWN}$`, 'i');
/** In a folder, in the order in which they are preferred: the hosts show Markdown before all else. */
const NAMES = [new RegExp(`^readme\\.${MARKDOWN}$`, 'i'), /^readme\.rst$/i, /^readme\.(?:adoc|asciidoc|asc)$/i, TRANSLATED];
const PLAIN = /^readme(?:\.(?:txt|text))?$/i;

/** The README of a repository: at its root, where hosts also look, beside the Dockerfile; any language where none is English. */
export function findReadme({ files, dockerfilePath }: Pick<Repository, 'files' | 'dockerfilePath'>): string | undefined {
  const root = files.filter(({ path }) => !path.includes('/')).map(({ path }) => path);
  const within = (folder: string): string[] => files.filter(({ path }) => folderOf(path).toLowerCase() === folder.toLowerCase()).map(({ path }) => path);
  return (
    best(root, NAMES) ?? best(within('.github/'), NAMES) ?? best(within('docs/'), NAMES.slice(0, 1)) ?? best(root, [PLAIN]) ??
    (folderOf(dockerfilePath) === '' ? undefined : best(within(folderOf(dockerfilePath)), [...NAMES, PLAIN]))
  );
}

function best(paths: readonly string[], names: readonly RegExp[]): string | undefined {
  for (const name of names) {
    const found = paths.filter((path) => name.test(nameOf(path))).sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
    if (found[0] !== undefined) return found[0];
  }
  return undefined;
}

/** English before other languages: the hub's own words are English. */
function rank(path: string): number {
  const language = TRANSLATED.exec(nameOf(path))?.groups?.['language']?.toLowerCase();
  return language === undefined || /^en(?:[-_]|$)/.test(language) ? 0 : 1;
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
