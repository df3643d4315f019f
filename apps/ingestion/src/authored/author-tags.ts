import type { IngestionWarning, Tag } from '@osiris/contracts';
import { makeTag } from '../readers/tags';
import type { PositionedValue } from './positioned-value';

const MAX_TAGS = 100;
const MAX_DEPTH = 8;
const MAX_WARNINGS = 10;
/** Key of an entry that has none of its own. */
const BARE_KEY = 'tag';

/** Tags as authors write them: a map, a list, or nested ones; a nested key is its path, joined by dots. */
export function authorTags(path: string, value: PositionedValue): { tags: Tag[]; warnings: IngestionWarning[] } {
  const collector = new Collector(path);
  collector.collect(value, [], 0);
  return collector;
}

class Collector {
  readonly tags: Tag[] = [];
  readonly warnings: IngestionWarning[] = [];

  constructor(private readonly path: string) {}

  collect(value: PositionedValue, keys: readonly string[], depth: number): void {
    if (depth > MAX_DEPTH) return this.warn(`what is nested more than ${MAX_DEPTH} deep is left out`, value.line);
    if (this.tags.length >= MAX_TAGS) return this.warn(`only the first ${MAX_TAGS} tags count`, value.line);
    if (value.type === 'text') return this.add(keys, value.text, value.line);
    if (value.type === 'list') return value.items.forEach((item) => this.collect(item, keys, depth + 1));
    const { entries } = value;
    // `- { key: framework, value: react }`
    const [key, own] = ['key', 'value'].map((name) => entries.find((entry) => entry.key === name)?.value);
    if (entries.length === 2 && key?.type === 'text' && key.text && own) return this.collect(own, [...keys, key.text], depth + 1);
    for (const entry of entries) this.collect(entry.value, [...keys, entry.key], depth + 1);
  }

  private add(keys: readonly string[], text: string | null, line: number): void {
    const value = text?.trim() ?? '';
    if (value === '') return;
    const [key, rest] = keys.length > 0 ? [keys.join('.'), value] : split(value);
    const tag = makeTag('author', this.path, key, rest);
    if (tag) this.tags.push(tag);
    else this.warn(`"${value.slice(0, 60)}" is not a tag: write key: value`, line);
  }

  private warn(what: string, line: number): void {
    const message = `${this.path}: ${what}`;
    if (this.warnings.length < MAX_WARNINGS && !this.warnings.some((one) => one.message === message)) this.warnings.push({ code: 'MANIFEST_INVALID', message, path: this.path, line });
  }
}

/** An entry of a list: `key:value`, where the value may hold further colons; a URL; or a bare word. */
function split(text: string): [string, string] {
  if (/^https?:\/\//i.test(text)) return ['url', text];
  const colon = text.indexOf(':');
  return colon < 1 ? [BARE_KEY, text] : [text.slice(0, colon), text.slice(colon + 1)];
}
