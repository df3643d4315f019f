/** A tag as it stands in a query: `key:value`, `-key:value`, `key:"with spaces"`. */
export interface Chip {
  negated: boolean;
  key: string;
  value: string;
}

export interface QueryParts {
  chips: Chip[];
  /** The words around the chips, in order. */
  text: string;
}

const KEY = /^[a-z0-9][a-z0-9_.-]{0,63}$/;

export function formatTag(key: string, value: string): string {
  return /[\s"]/.test(value) ? `${key}:"${value.replace(/["\\]/g, '\\$&')}"` : `${key}:${value}`;
}

export function formatChip(chip: Chip): string {
  return `${chip.negated ? '-' : ''}${formatTag(chip.key, chip.value)}`;
}

export function formatQuery({ chips, text }: QueryParts): string {
  return [...chips.map(formatChip), text.trim()].filter(Boolean).join(' ');
}

interface Token {
  raw: string;
  start: number;
  /** A quote was opened and not closed. */
  open: boolean;
}

/** Splits at blanks outside quotes. */
function tokens(text: string): Token[] {
  return Array.from(text.matchAll(/(?:"(?:\\.|[^"\\])*(?:"|$)|[^\s"])+/g), (match) => ({
    raw: match[0],
    start: match.index,
    open: (match[0].replace(/\\./g, '').match(/"/g)?.length ?? 0) % 2 === 1,
  }));
}

function unquote(value: string): string {
  return value.replace(/^"|"$/g, '').replace(/\\(.)/g, '$1');
}

/** The tag that a token spells in full, or null. An address like `https://…` is words, not a tag. */
export function chipOf(raw: string): Chip | null {
  const { negated, rest } = withoutSign(raw);
  const colon = rest.indexOf(':');
  if (colon < 0) return null;
  const key = rest.slice(0, colon).toLowerCase();
  const value = unquote(rest.slice(colon + 1));
  if (!KEY.test(key) || value.trim() === '' || value.startsWith('//')) return null;
  return { negated, key, value };
}

/** Reads a whole query, as it comes from an address: each full tag is a chip. */
export function parseQuery(query: string): QueryParts {
  const chips: Chip[] = [];
  const words: string[] = [];
  for (const token of tokens(query)) {
    const chip = token.open ? null : chipOf(token.raw);
    if (chip) chips.push(chip);
    else words.push(token.raw);
  }
  return { chips: withoutDoubles(chips), text: words.join(' ') };
}

/** While typing: only a tag that a blank has closed becomes a chip; the one still being typed stays text. */
export function takeClosedChips(text: string): QueryParts {
  const chips: Chip[] = [];
  let rest = '';
  let end = 0;
  for (const token of tokens(text)) {
    const after = token.start + token.raw.length;
    const chip = token.open || after === text.length ? null : chipOf(token.raw);
    if (chip) {
      chips.push(chip);
      rest += text.slice(end, token.start);
      end = after + 1;
    }
  }
  return { chips, text: rest + text.slice(end) };
}

export function withoutDoubles(chips: readonly Chip[]): Chip[] {
  const seen = new Set<string>();
  return chips.filter((chip) => {
    const text = formatChip(chip);
    if (seen.has(text)) return false;
    seen.add(text);
    return true;
  });
}

/** Takes the sign that excludes off a token. */
export function withoutSign(raw: string): { negated: boolean; rest: string } {
  const negated = raw.startsWith('-');
  return { negated, rest: negated ? raw.slice(1) : raw };
}

export interface Fragment {
  /** What to ask suggestions for: the token being typed, without its "-" and quotes. */
  ask: string;
  negated: boolean;
  /** Where in the text the token begins. */
  start: number;
}

/** The token at the end of the text: what suggestions complete. Empty after a blank. */
export function fragmentOf(text: string): Fragment {
  const last = tokens(text).at(-1);
  if (!last || (!last.open && last.start + last.raw.length < text.length)) {
    return { ask: '', negated: false, start: text.length };
  }
  const { negated, rest } = withoutSign(last.raw);
  return { ask: rest.replace(/"/g, ''), negated, start: last.start };
}

/** An address pasted into the search box is more likely meant to be registered. */
export function looksLikeRepository(query: string): boolean {
  return /^(https?|ssh|git):\/\/\S+\/\S+$/.test(query.trim()) || /^git@[\w.-]+:\S+$/.test(query.trim());
}
