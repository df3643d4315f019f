import { interpreterOf, languageByContent } from './by-content';
import type { Linguist } from './linguist';

/** Extensions of a name, the longest first: `.blade.php` and `.php` of `x.blade.php`. */
export function extensionsOf(path: string): string[] {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase().slice(-100);
  const dots = [...name.matchAll(/\./g)].map(({ index }) => index).filter((index) => index > 0);
  return dots.map((index) => name.slice(index));
}

/** The extension by which the language is known; empty where there is none. */
export function knownExtension(linguist: Linguist, path: string): string {
  return extensionsOf(path).find((extension) => linguist.byExtension.has(extension)) ?? '';
}

/**
 * Language of a file by its name, its extension, and, where `text` is at hand, its content; undefined where it is no code, or
 * not known. Lower case.
 */
export function languageOf(linguist: Linguist, path: string, text?: string): string | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const byName = linguist.byFilename.get(name);
  if (byName !== undefined) return byName ?? undefined;
  const extension = knownExtension(linguist, path);
  const interpreter = text === undefined ? undefined : byInterpreter(linguist, text);
  if (extension === '') return extensionsOf(path).length === 0 ? interpreter : undefined;
  const byContent = text === undefined ? undefined : languageByContent(extension, text);
  if (byContent !== undefined) return byContent ?? undefined;
  return (SCRIPTS.has(extension) ? interpreter : undefined) ?? linguist.byExtension.get(extension) ?? undefined;
}

/** What is run by whatever its first line says. */
const SCRIPTS = new Set(['.cgi', '.fcgi', '.pl', '.t', '.sh']);

function byInterpreter(linguist: Linguist, text: string): string | undefined {
  const name = interpreterOf(text);
  return name === undefined ? undefined : (linguist.byInterpreter.get(name) ?? linguist.byInterpreter.get(name.replace(/[\d.]+$/, '')));
}
