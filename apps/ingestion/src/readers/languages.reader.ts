import { codeFiles, type CodeFile } from '../languages/code-files';
import { parseGitAttributes } from '../languages/git-attributes';
import { type Linguist, loadLinguist } from '../languages/linguist';
import { sampled } from '../languages/sample';
import { byKind, sharesOf } from '../languages/shares';
import type { Contents, Reader, Reading, Repository } from './reader';
import { autoTags } from './tags';

/** Shares below this are incidental. */
const MIN_SHARE = 0.1;
const MAX_LANGUAGES = 4;
const MAX_KINDS = 4;
const ATTRIBUTES = '.gitattributes';

let linguist: Linguist | undefined;
/** It is asked in each round, and wants more only once it knows what `.gitattributes` says. */
const asked = new WeakMap<Repository, { attributes: string | undefined; files: CodeFile[]; paths: string[] }>();

/**
 * Languages by their share of the code's bytes. How large a file is shows only once it is fetched: of many files some of each
 * kind are, and stand for the others.
 */
export const languagesReader: Reader = {
  name: 'languages',
  beginningsOnly: true,
  async prepare() {
    linguist = await loadLinguist();
  },
  wants(repository, contents) {
    if (!linguist) return [];
    const attributes = contents.get(ATTRIBUTES)?.text;
    const before = asked.get(repository);
    if (before && before.attributes === attributes) return before.paths;
    const files = filesOf(linguist, contents, repository);
    const unknown = files.filter(({ bytes, kind }) => bytes === null || kind === '');
    const named = repository.files.some(({ path }) => path === ATTRIBUTES) ? [ATTRIBUTES] : [];
    // What its authors count although it lies aside is known a round later.
    const paths = [...new Set([...named, ...(before?.paths ?? []), ...sampled(byKind(unknown)).map(({ path }) => path)])];
    asked.set(repository, { attributes, files, paths });
    return paths;
  },
  read(contents, repository): Reading {
    if (!linguist) return {};
    const files = filesOf(linguist, contents, repository);
    const { languages, read, files: count } = sharesOf(linguist, files, contents);
    const measured = files.every(({ path, bytes }) => bytes !== null || contents.has(path));
    const how = measured ? '' : `, estimated from ${read} of ${count} files`;
    const main = languages.filter(({ share }) => share >= MIN_SHARE).slice(0, MAX_LANGUAGES);
    return {
      tags: main.flatMap(({ language, share, kinds }) => {
        const names = kinds.slice(0, MAX_KINDS).map((kind) => (kind.startsWith('.') ? `*${kind}` : kind || 'first lines'));
        return autoTags(`${names.join(', ')} (${Math.round(share * 100)} % of the code${how})`, 'language', [language], measured ? 0.95 : 0.85);
      }),
    };
  },
};

function filesOf(known: Linguist, contents: Contents, repository: Repository): CodeFile[] {
  const attributes = contents.get(ATTRIBUTES)?.text;
  const before = asked.get(repository);
  return before && before.attributes === attributes ? before.files : codeFiles(known, repository, parseGitAttributes(attributes ?? ''));
}
