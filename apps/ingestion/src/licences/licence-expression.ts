import correct from 'spdx-correct';
import parse from 'spdx-expression-parse';

/** In characters: no expression that a person wrote is longer. */
const MAX_LENGTH = 120;
const MAX_IDS = 4;
/** What the manifests' formats have for "none of those". */
const NONE = /^(unlicensed|proprietary|commercial|private|none|custom|other|see licen[cs]e\b.*|all rights reserved|closed.*|unknown|todo|tbd|\$.*|https?:.*|file:.*)$/i;
/** Identifiers that SPDX has given up as they do not say whether later versions count. */
const WITHOUT_LATER = /^((?:A|L)?GPL-\d\.\d|GFDL-\d\.\d)$/;
const LATER = /\+|later|newer/i;

/**
 * SPDX identifiers of what a manifest says: those of an expression (`(MIT OR Apache-2.0)`), or of the name that it means
 * (`Apache 2`, `GPLv3`). Empty where it says none. Exceptions (`WITH …`) are left out.
 */
export function licenceIds(written: string): string[] {
  const text = written.trim();
  if (text === '' || text.length > MAX_LENGTH || NONE.test(text)) return [];
  return [...new Set(idsOf(text) ?? idsOf(text.replaceAll('/', ' OR ').replaceAll(/\bor\b/g, 'OR').replaceAll(/\band\b/g, 'AND')) ?? corrected(text))].slice(0, MAX_IDS);
}

function idsOf(text: string): string[] | undefined {
  try {
    return leaves(parse(text));
  } catch {
    return undefined;
  }
}

function leaves(node: parse.Info): string[] {
  if ('conjunction' in node) return [...leaves(node.left), ...leaves(node.right)];
  if (!WITHOUT_LATER.test(node.license)) return [node.license];
  return [`${node.license}${node.plus ? '-or-later' : '-only'}`];
}

function corrected(text: string): string[] {
  const id = safely(() => correct(text));
  if (!id) return [];
  const ids = idsOf(id) ?? [];
  // The library takes `GPLv3` for "or later", which it does not say.
  return LATER.test(text) ? ids : ids.map((one) => one.replace(/-or-later$/, '-only'));
}

function safely<T>(run: () => T): T | undefined {
  try {
    return run();
  } catch {
    return undefined;
  }
}
