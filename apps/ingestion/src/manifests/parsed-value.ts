/** What a parser of JSON, TOML, YAML or XML made of a file of a stranger: anything may be anywhere. */
export type Table = Readonly<Record<string, unknown>>;

const NOTHING: Table = Object.freeze({});

/** A map of names; empty for whatever else there is. */
export function tableOf(value: unknown): Table {
  return isTable(value) ? value : NOTHING;
}

export function isTable(value: unknown): value is Table {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
}

/** What lies there, by own keys alone: `constructor` of an empty map is nothing. */
export function at(value: unknown, ...keys: readonly string[]): unknown {
  let found = value;
  for (const key of keys) {
    if (!isTable(found) || !Object.hasOwn(found, key)) return undefined;
    found = found[key];
  }
  return found;
}

/** Text that says something, without white space around it; a number as text. */
export function textOf(value: unknown): string | null {
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}

/** The texts of a list; what else it holds is left out. */
export function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.map(textOf).filter((text) => text !== null) : [];
}

/** A list as it is; one thing as a list of it; nothing as none. */
export function listOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  return value === undefined || value === null ? [] : [value];
}

/** The line of a position, from 1. */
export function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let found = text.indexOf('\n'); found !== -1 && found < offset; found = text.indexOf('\n', found + 1)) line++;
  return line;
}
