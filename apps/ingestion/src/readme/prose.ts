import { blockText, type PageBlock, type PageLine } from './readme-page';
import { BOILERPLATE, isLanguageSwitcher, NOTICE } from './readme-words';

/** `> [!NOTE]` of GitHub, `> **Warning**` of before, `:::tip` of site generators, `!!! note` of MkDocs. */
const ADMONITION = /^(?:\[!\w+\]|:::|!!!|\?\?\?|\{%|\{\{)/;
/** Longer than this it says more than a notice does. */
const MAX_NOTICE = 400;
/** What stands before the first word: emoji, flags, arrows, bullets. */
const ORNAMENT = /^(?:(?![©®™])\p{Extended_Pictographic}|\p{RI}|\p{EMod}|[\u200d\ufe0f•·▪▸►▶→➤✦★☆»\s])+/u;
const ORNAMENT_AFTER = /(?:\s|(?![©®™])\p{Extended_Pictographic}|\p{RI}|\p{EMod}|[\u200d\ufe0f])+$/u;
const LETTERS = /\p{L}/gu;
/** Scripts that are written without spaces: a few of their letters are a sentence. */
const UNSPACED = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/gu;

/** What a block says in sentences; empty where it is navigation, a notice, or anything but prose. */
export function proseOf(block: PageBlock): string {
  if (block.kind === 'quote' && ADMONITION.test(blockText(block))) return '';
  const lines = block.lines.filter((line) => !isNavigation(line)).map(({ text }) => text);
  const text = withoutOrnament(lines.join(' ').replace(/\s+/g, ' ').trim());
  return isSentence(text) && !isNotice(text, block.kind) ? text : '';
}

/** Text without emoji and the like around it, where anything remains. */
export function withoutOrnament(text: string): string {
  const bare = text.replace(ORNAMENT, '').replace(ORNAMENT_AFTER, '');
  return bare === '' ? text : bare;
}

/** Links with little between them, or the names of languages. */
function isNavigation({ text, unlinked, links }: PageLine): boolean {
  const all = count(text, LETTERS);
  const own = count(unlinked, LETTERS);
  if (all === 0 || own < 2) return true;
  if (isLanguageSwitcher(text)) return true;
  if (links >= 2 && own * 4 < all) return true;
  // "Docs | Demo | Chat", of which one is not linked.
  return links >= 2 && text.split(/\s[|｜·•∙⋅–—/-]\s/u).filter((part) => part.trim().split(/\s+/).length <= 4).length > links;
}

function isSentence(text: string): boolean {
  if (/^[|+=]|^[-–—]{2}|^\$ |^(?:\.\.|```)/.test(text) || ADMONITION.test(text)) return false;
  const words = text.split(/\s+/).filter((word) => /\p{L}/u.test(word)).length;
  return words >= 2 || count(text, UNSPACED) >= 4;
}

function isNotice(text: string, kind: PageBlock['kind']): boolean {
  if (BOILERPLATE.test(text.slice(0, 300)) || isLanguageSwitcher(text)) return true;
  if (kind === 'quote' && /^(?:note|warning|important|tip|caution)\b/i.test(text)) return true;
  return text.length <= MAX_NOTICE && (NOTICE.test(text) || /\bspecial thanks to\b|\bwork is (?:supported|sponsored|funded) by\b/i.test(text));
}

function count(text: string, what: RegExp): number {
  return text.match(what)?.length ?? 0;
}
