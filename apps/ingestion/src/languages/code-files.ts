import type { Repository } from '../readers/reader';
import type { Overrides } from './git-attributes';
import { extensionsOf, knownExtension, languageOf } from './language-of';
import { leavingOut } from './left-out';
import type { Linguist } from './linguist';

export interface CodeFile {
  path: string;
  bytes: number | null;
  /** By which it is known: `.py`, `Rakefile`; empty for what only its first line can tell. */
  kind: string;
  /** The language that its authors say it is in; undefined where they do not. */
  declared: string | undefined;
}

/** Files without an extension at most that are looked at for a first line that names an interpreter. */
const MAX_NAMELESS = 20;

/** Files that may be the app's own code, by their paths and what `.gitattributes` says of them. */
export function codeFiles(linguist: Linguist, { files }: Repository, overridesOf: (path: string) => Overrides): CodeFile[] {
  const strict = pick(linguist, files, overridesOf, false);
  return strict.length > 0 ? strict : pick(linguist, files, overridesOf, true);
}

function pick(linguist: Linguist, files: Repository['files'], overridesOf: (path: string) => Overrides, lenient: boolean): CodeFile[] {
  const isLeftOut = leavingOut(lenient);
  let nameless = 0;
  return files.flatMap(({ path, bytes }) => {
    const { leftOut, language } = overridesOf(path);
    const declared = language === undefined ? undefined : linguist.byName.get(language);
    const kind = kindOf(linguist, path) ?? (declared == null ? undefined : (extensionsOf(path).at(-1) ?? ''));
    if (kind === undefined || declared === null || (leftOut ?? isLeftOut(path))) return [];
    if (kind === '' && declared === undefined && ++nameless > MAX_NAMELESS) return [];
    return [{ path, bytes, kind, declared }];
  });
}

function kindOf(linguist: Linguist, path: string): string | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (linguist.byFilename.has(name)) return languageOf(linguist, path) === undefined ? undefined : name;
  const extension = knownExtension(linguist, path);
  if (extension !== '') return linguist.byExtension.get(extension) == null ? undefined : extension;
  return name.includes('.') ? undefined : '';
}
