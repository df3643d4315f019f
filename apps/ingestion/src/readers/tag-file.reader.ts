import type { IngestionWarning, Tag } from '@osiris/contracts';
import { parse } from 'yaml';
import type { Reader, Reading } from './reader';
import { makeTag } from './tags';

const NAMES = /^tags\.(ya?ml|json)$/i;
const MAX_TAGS = 100;
/** In characters. The parser's time grows with the square of the keys (80 000 take it two minutes). */
const MAX_LENGTH = 20_000;
const MAX_DEPTH = 8;
/** Legitimate files use a handful of aliases; a bomb uses thousands. */
const MAX_ALIASES = 20;
/** Key of an entry that has none of its own. */
const BARE_KEY = 'tag';

/** `tags.yaml`, `tags.yml` or `tags.json` at the root: what the author says, as a map, a list or nested ones. */
export const tagFileReader: Reader = {
  name: 'tag-file',
  wants: ({ files }) => files.map(({ path }) => path).filter((path) => NAMES.test(path)).slice(0, 1),
  read(contents): Reading {
    const [entry] = contents;
    if (!entry) return {};
    const [path, { text }] = entry;
    if (text.length > MAX_LENGTH) return { warnings: [invalid(path, `${path} is longer than ${MAX_LENGTH} characters: no tags were taken from it`)] };
    let value: unknown;
    try {
      // "failsafe" leaves every scalar as it was written: `version: 1.10` is not 1.1, `yes` is not a boolean.
      value = parse(text, { schema: 'failsafe', maxAliasCount: MAX_ALIASES, logLevel: 'error' });
    } catch (error) {
      return { warnings: [invalid(path, `${path} is not valid ${/json$/i.test(path) ? 'JSON' : 'YAML'}: ${firstLine(error)}`)] };
    }
    const collector = new Collector(path);
    collector.collect(unwrapped(value), [], 0);
    return { tags: collector.tags, warnings: collector.warnings.map((message) => invalid(path, message)) };
  },
};

function invalid(path: string, message: string): IngestionWarning {
  return { code: 'MANIFEST_INVALID', message, path, line: null };
}

class Collector {
  readonly tags: Tag[] = [];
  readonly warnings: string[] = [];

  constructor(private readonly path: string) {}

  collect(value: unknown, keys: readonly string[], depth: number): void {
    if (depth > MAX_DEPTH) return this.warn(`what is nested more than ${MAX_DEPTH} deep is left out`);
    if (this.tags.length >= MAX_TAGS) return this.warn(`only the first ${MAX_TAGS} tags count`);
    if (typeof value === 'string') return this.add(keys, value);
    if (Array.isArray(value)) return value.forEach((item: unknown) => this.collect(item, keys, depth + 1));
    if (typeof value !== 'object' || value === null) return;
    const { key, value: own, ...rest } = value as Record<string, unknown>;
    // `- { key: framework, value: react }`
    if (typeof key === 'string' && own !== undefined && Object.keys(rest).length === 0) return this.collect(own, [...keys, key], depth + 1);
    for (const [name, inner] of Object.entries(value)) this.collect(inner, [...keys, name], depth + 1);
  }

  private add(keys: readonly string[], text: string): void {
    const value = text.trim();
    // What the core schema calls null.
    if (value === '' || value === '~' || value === 'null') return;
    const [key, rest] = keys.length > 0 ? [keys.join('.'), value] : split(value);
    const tag = makeTag('author', this.path, key, rest);
    if (tag) this.tags.push(tag);
    else this.warn(`"${value.slice(0, 60)}" is not a tag: write key: value`);
  }

  private warn(what: string): void {
    const warning = `${this.path}: ${what}`;
    if (!this.warnings.includes(warning) && this.warnings.length < 10) this.warnings.push(warning);
  }
}

/** `{ tags: … }` alone says the same as what it holds. */
function unwrapped(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const names = Object.keys(value);
  return names.length === 1 && names[0]?.toLowerCase() === 'tags' ? (value as Record<string, unknown>)[names[0]] : value;
}

/** An entry of a list: `key:value`, where the value may hold further colons; a URL; or a bare word. */
function split(text: string): [string, string] {
  if (/^https?:\/\//i.test(text)) return ['url', text];
  const colon = text.indexOf(':');
  return colon < 1 ? [BARE_KEY, text] : [text.slice(0, colon), text.slice(colon + 1)];
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n', 1)[0]?.replace(/:$/, '') ?? '';
}
