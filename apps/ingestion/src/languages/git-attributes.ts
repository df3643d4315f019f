import { fitsPattern } from './glob-path';

/** What its authors say of a file, for statistics of languages. Undefined where they say nothing. */
export interface Overrides {
  /** Vendored, generated, documentation, or not to be detected: true is left out, false is counted whatever its path. */
  leftOut?: boolean;
  /** As it is written, in lower case. */
  language?: string;
}

interface Rule {
  pattern: string;
  overrides: Overrides;
}

const MAX_RULES = 50;
const MAX_PATTERN = 200;
const LEAVING_OUT = new Set(['linguist-vendored', 'linguist-generated', 'linguist-documentation']);

/** The rules of a `.gitattributes` at the root. https://github.com/github-linguist/linguist/blob/main/docs/overrides.md */
export function parseGitAttributes(text: string): (path: string) => Overrides {
  const rules = text.slice(0, 100_000).split('\n').flatMap(ruleOf).slice(0, MAX_RULES);
  // The last that fits is the one that counts.
  return (path) => Object.assign({}, ...rules.filter(({ pattern }) => fitsPattern(pattern, path)).map(({ overrides }) => overrides)) as Overrides;
}

function ruleOf(line: string): Rule[] {
  const [pattern = '', ...attributes] = line.trim().slice(0, 1_000).split(/\s+/);
  if (pattern === '' || pattern.startsWith('#') || pattern.startsWith('[attr]') || pattern.length > MAX_PATTERN) return [];
  const overrides: Overrides = {};
  for (const attribute of attributes) {
    const [, unset, name = '', value] = /^(-|!)?([\w-]+)(?:=(.+))?$/.exec(attribute) ?? [];
    const on = unset === undefined && value !== 'false' && value !== '0';
    if (LEAVING_OUT.has(name)) overrides.leftOut = on;
    if (name === 'linguist-detectable') overrides.leftOut = !on;
    if (name === 'linguist-language' && value !== undefined) overrides.language = value.toLowerCase().slice(0, 60);
  }
  return Object.keys(overrides).length > 0 ? [{ pattern, overrides }] : [];
}
