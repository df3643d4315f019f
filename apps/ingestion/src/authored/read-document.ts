import { type Node as JsonNode, parseTree, printParseErrorCode } from 'jsonc-parser';
import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type Node as YamlNode } from 'yaml';
import { composeYaml } from '../manifests/yaml-source';
import { InvalidDocument, type PositionedMap, type PositionedValue } from './positioned-value';

/** In characters. The parser of YAML takes time that grows with the square of the keys (80 000 take it two minutes). */
export const MAX_LENGTH = 20_000;
const MAX_DEPTH = 100;
/** Legitimate files use a handful of aliases; a bomb uses thousands. */
const MAX_ALIASES = 20;

/** Reads YAML, or JSON by the file's name. @throws InvalidDocument with the line, where it is not what its name says */
export function readDocument(path: string, text: string): PositionedValue {
  if (text.length > MAX_LENGTH) throw new InvalidDocument(`${path} is longer than ${MAX_LENGTH} characters: nothing was taken from it`, null);
  try {
    return /json$/i.test(path) ? readJson(path, text) : readYaml(path, text);
  } catch (error) {
    if (error instanceof InvalidDocument) throw error;
    // The parsers recurse: nesting without end exhausts the stack.
    throw new InvalidDocument(`${path} is nested too deeply`, null);
  }
}

function readYaml(path: string, text: string): PositionedValue {
  const lines = new LineCounter();
  // "failsafe" leaves every scalar as it was written: `version: 1.10` is not 1.1, `yes` is not a boolean.
  const document = composeYaml(text, lines, { schema: 'failsafe' });
  const [error] = document?.errors ?? [];
  if (error) {
    const what = error.message.split('\n', 1)[0]?.replace(/(?: at line \d+, column \d+)?:$/, '') ?? '';
    throw new InvalidDocument(`${path} is not valid YAML: ${what}`, lines.linePos(error.pos[0]).line);
  }
  if (!document) return { type: 'text', line: 1, text: null };
  return new YamlReader(path, document, lines).read(document.contents, 0);
}

class YamlReader {
  private aliases = 0;

  constructor(
    private readonly path: string,
    private readonly document: Document,
    private readonly lines: LineCounter,
  ) {}

  read(node: unknown, depth: number): PositionedValue {
    const line = this.lineOf(node);
    if (depth > MAX_DEPTH) throw new InvalidDocument(`${this.path} is nested too deeply`, line);
    if (isAlias(node)) {
      if (++this.aliases > MAX_ALIASES) throw new InvalidDocument(`${this.path} uses more than ${MAX_ALIASES} aliases`, line);
      return this.read(node.resolve(this.document), depth + 1);
    }
    if (isMap(node)) return { type: 'map', line, entries: node.items.flatMap(({ key, value }) => this.entry(key, value, depth)) };
    if (isSeq(node)) return { type: 'list', line, items: node.items.map((item) => this.read(item, depth + 1)) };
    return { type: 'text', line, text: isScalar(node) ? nullable(String(node.value ?? ''), node.type === 'PLAIN') : null };
  }

  private entry(key: unknown, value: unknown, depth: number): PositionedMap['entries'] {
    const read = this.read(value, depth + 1);
    const name = this.read(key, depth + 1);
    // `<<: *defaults`
    if (name.type === 'text' && name.text === '<<' && read.type === 'map') return read.entries;
    return name.type === 'text' ? [{ key: name.text ?? '', line: name.line, value: read }] : [];
  }

  private lineOf(node: unknown): number {
    const range = (node as YamlNode | null | undefined)?.range;
    return range ? this.lines.linePos(range[0]).line : 1;
  }
}

/** What YAML's core schema calls null, unless it is quoted. */
function nullable(text: string, plain: boolean): string | null {
  return plain && /^(?:~|null|Null|NULL|)$/.test(text) ? null : text;
}

function readJson(path: string, text: string): PositionedValue {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  const lineOf = (offset: number): number => starts.findLastIndex((start) => start <= offset) + 1;
  const errors: Parameters<typeof parseTree>[1] = [];
  const root = parseTree(text, errors, { disallowComments: true, allowTrailingComma: false, allowEmptyContent: true });
  const [error] = errors;
  if (error) throw new InvalidDocument(`${path} is not valid JSON: ${words(printParseErrorCode(error.error))}`, lineOf(error.offset));
  const read = (node: JsonNode, depth: number): PositionedValue => {
    const line = lineOf(node.offset);
    if (depth > MAX_DEPTH) throw new InvalidDocument(`${path} is nested too deeply`, line);
    const children = node.children ?? [];
    if (node.type === 'array') return { type: 'list', line, items: children.map((child) => read(child, depth + 1)) };
    if (node.type === 'object') {
      const entries = children.flatMap(({ children: [key, value] = [] }) => (key && value ? [{ key: String(key.value), line: lineOf(key.offset), value: read(value, depth + 1) }] : []));
      return { type: 'map', line, entries };
    }
    // A number as written: 1.10 is not 1.1.
    const written = text.slice(node.offset, node.offset + node.length);
    return { type: 'text', line, text: node.type === 'null' ? null : node.type === 'string' ? String(node.value) : written };
  };
  return root ? read(root, 0) : { type: 'text', line: 1, text: null };
}

/** `InvalidSymbol` → `invalid symbol` */
function words(code: string): string {
  return code.replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter}`).toLowerCase();
}
