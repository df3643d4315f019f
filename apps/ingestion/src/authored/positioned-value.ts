/** A value of YAML or JSON, each scalar as it was written, with the line it stands on. */
export type PositionedValue = PositionedText | PositionedList | PositionedMap;

export interface PositionedText {
  type: 'text';
  line: number;
  /** Without the quotes; null for what the format calls null. */
  text: string | null;
}

export interface PositionedList {
  type: 'list';
  line: number;
  items: PositionedValue[];
}

export interface PositionedMap {
  type: 'map';
  line: number;
  /** In the author's order. Pairs and no object: a key such as `__proto__` is a key like others. */
  entries: { key: string; line: number; value: PositionedValue }[];
}

/** What keeps a file from being understood. */
export class InvalidDocument extends Error {
  constructor(
    message: string,
    /** From 1. */
    readonly line: number | null,
  ) {
    super(message);
  }
}

/** What stands below a key of a map; undefined where it is no map, or has no such key. Any case. */
export function valueAt(value: PositionedValue | undefined, key: string): PositionedValue | undefined {
  return value?.type === 'map' ? value.entries.find((entry) => entry.key.toLowerCase() === key.toLowerCase())?.value : undefined;
}

/** The text below a key; undefined where there is none. */
export function textAt(value: PositionedValue | undefined, key: string): string | undefined {
  const found = valueAt(value, key);
  return found?.type === 'text' ? (found.text?.trim() || undefined) : undefined;
}
