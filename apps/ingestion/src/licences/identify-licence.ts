import { CHANGED_BY, LICENCE_TEXTS } from './licence-texts';

/** In characters: longer than any licence, whose end tells nothing. */
const MAX_LENGTH = 60_000;
/** In characters of plain words: titles, copyright lines and an address may come first. Behind more, it is a part of something else. */
const MAX_LEAD = 900;
const HEADER = /^[ \t]*(?:\/\/|#|;|\*|--)?[ \t]*SPDX-License-Identifier:[ \t]*([^\n*]{1,120})/im;

/**
 * The SPDX identifier of a licence's text; undefined where it is none of the known ones, or one with terms of its own. Line
 * breaks, punctuation, quotes and letter case do not matter: https://spdx.dev/learn/licenses/guidelines/matching-guidelines
 */
export function identifyLicence(text: string): string | undefined {
  const words = plainWords(text.slice(0, MAX_LENGTH));
  const begin = words.slice(0, MAX_LEAD);
  if (CHANGED_BY.some((phrase) => begin.includes(phrase))) return undefined;
  // Licences name one another: the title is what comes first. Of the same beginning the earlier in the list is the more exact.
  let found: { id: string; at: number } | undefined;
  for (const { id, begins, holds = [], lacks = [] } of LICENCE_TEXTS) {
    const at = Math.min(...begins.map((phrase) => begin.indexOf(phrase)).filter((index) => index !== -1));
    if (at === Infinity || (found && found.at <= at)) continue;
    if (holds.every((phrase) => words.includes(phrase)) && !lacks.some((phrase) => words.includes(phrase))) found = { id, at };
  }
  return found?.id;
}

/** The expression behind `SPDX-License-Identifier:`. https://spdx.github.io/spdx-spec/v3.0.1/annexes/using-SPDX-short-identifiers-in-source-files/ */
export function spdxHeader(text: string): string | undefined {
  return HEADER.exec(text.slice(0, 4_000))?.[1]?.replace(/-->\s*$/, '').trim() || undefined;
}

/** Lower case, letters and digits alone, one space between words. */
function plainWords(text: string): string {
  return text.toLowerCase().normalize('NFKD').replace(/[^a-z0-9]+/g, ' ').trim();
}

/** Whether a text says of `GPL-3.0-only` that later versions count as well: by the identifier, or by the notice that the FSF wants in files. */
export function saysOrLater(text: string, id: string): boolean {
  const [, family, major = '', minor] = /^(A?|L)GPL-(\d)\.(\d)-only$/.exec(id) ?? [];
  if (family === undefined) return false;
  const words = ` ${plainWords(text.slice(0, MAX_LENGTH))} `;
  const version = minor === '0' ? major : `${major} ${minor}`;
  return words.includes(` ${family.toLowerCase()}gpl ${major} ${minor} or later`) || words.includes(`version ${version} of the license or at your option any later version`);
}
