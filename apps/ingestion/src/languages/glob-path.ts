/**
 * Whether a path fits a pattern of `.gitattributes`, as git compares them, without brackets: `*` and `?` stay within a folder,
 * `**` goes across them, a pattern without "/" is for the name alone. Time grows with both lengths, never faster: patterns come
 * from strangers. https://git-scm.com/docs/gitattributes
 */
export function fitsPattern(pattern: string, path: string): boolean {
  const parts = path.split('/');
  if (!pattern.includes('/')) return fitsName(pattern, parts.at(-1) ?? '');
  return fitsParts(pattern.replace(/^\//, '').split('/'), parts);
}

function fitsParts(pattern: readonly string[], path: readonly string[]): boolean {
  return walk(pattern.length, path.length, (at) => pattern[at] === '**', (at, index) => fitsName(pattern[at] ?? '', path[index] ?? ''));
}

function fitsName(pattern: string, name: string): boolean {
  return walk(pattern.length, name.length, (at) => pattern[at] === '*', (at, index) => pattern[at] === '?' || pattern[at] === name[index]);
}

/** One star at most is tried again: the latest, as an earlier one could match no more than that. */
function walk(patterns: number, things: number, isStar: (at: number) => boolean, fits: (at: number, index: number) => boolean): boolean {
  let at = 0;
  let index = 0;
  let star = -1;
  let from = 0;
  while (index < things) {
    if (at < patterns && isStar(at)) {
      star = at++;
      from = index;
    } else if (at < patterns && fits(at, index)) {
      at++;
      index++;
    } else if (star !== -1) {
      at = star + 1;
      index = ++from;
    } else return false;
  }
  while (at < patterns && isStar(at)) at++;
  return at === patterns;
}
