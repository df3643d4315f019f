import { findNodeAtLocation, type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import type { ManifestDraft } from './manifest-draft';
import { isTable, lineAt, type Table, tableOf } from './parsed-value';

/** In characters. A parser that goes on behind each error gathers as many errors as there are characters. */
const MAX_TOLERATED = 200_000;

/**
 * The map that a JSON file holds. Comments, a comma too many, or an end that is missing are told with their line, and what
 * could be read counts.
 */
export function parseJson(text: string, draft: ManifestDraft): Table {
  const value = parsed(text, draft);
  if (value !== undefined && !isTable(value)) draft.invalid('is not a JSON object', 1);
  return tableOf(value);
}

/** The line on which the value of these keys is; null where it is not to be found. */
export function jsonLine(text: string, keys: readonly string[]): number | null {
  try {
    const root = parseTree(text, [], { allowTrailingComma: true });
    const node = root && findNodeAtLocation(root, [...keys]);
    return node ? lineAt(text, node.offset) : null;
  } catch {
    return null;
  }
}

function parsed(text: string, draft: ManifestDraft): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return tolerated(text, draft);
  }
}

function tolerated(text: string, draft: ManifestDraft): unknown {
  const errors: ParseError[] = [];
  try {
    const root = parseTree(text.slice(0, MAX_TOLERATED), errors, { disallowComments: true });
    const [first] = errors;
    draft.invalid(`is not valid JSON${first ? ` (${printParseErrorCode(first.error)})` : ''}`, first ? lineAt(text, first.offset) : null);
    return root && valueOf(root);
  } catch {
    // The parser calls itself for each level.
    draft.invalid('is nested too deep');
    return undefined;
  }
}

/** The library's own conversion assigns `__proto__` like any key, which changes what the map inherits. */
function valueOf(node: Node): unknown {
  if (node.type === 'array') return (node.children ?? []).map(valueOf);
  if (node.type !== 'object') return node.value as unknown;
  const map = Object.create(null) as Record<string, unknown>;
  for (const { children: [key, value] = [] } of node.children ?? []) if (key && value) map[String(key.value)] = valueOf(value);
  return map;
}
