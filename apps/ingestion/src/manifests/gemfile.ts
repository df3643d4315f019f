import type { Dependency, ManifestFormat } from './manifest';
import { ManifestDraft } from './manifest-draft';
import { firstErrorLine, MAX_PROGRAM, type SyntaxNode, withSyntaxTree } from './syntax-trees';

type Group = Dependency['group'];

/** Blocks and conditions within each other. */
const MAX_DEPTH = 12;
const DEVELOPMENT = new Set(['development', 'test', 'ci', 'lint', 'linting', 'doc', 'docs', 'documentation', 'debug', 'tools', 'tooling', 'cucumber', 'rubocop', 'release']);

/** https://bundler.io/man/gemfile.5.html, as the Ruby that it is. Both branches of a condition count. */
export const gemfile: ManifestFormat = {
  name: 'Gemfile',
  grammar: 'ruby',
  matches: (path) => /(^|\/)(Gemfile|gems\.rb)$/.test(path),
  parse(path, text) {
    const draft = new ManifestDraft(path, this.name, 'gem');
    draft.manifest.packageManager = 'bundler';
    const read = withSyntaxTree('ruby', text, (root) => {
      statements(root, 'runtime', draft, 0);
      return firstErrorLine(root) ?? null;
    });
    if (read === undefined) draft.invalid('cannot be read as Ruby in a moment');
    else if (text.length > MAX_PROGRAM) draft.invalid(`is longer than ${MAX_PROGRAM} characters: only its beginning counts`);
    else if (read !== null) draft.invalid('is not valid Ruby', read);
    return draft.manifest;
  },
};

function statements(node: SyntaxNode, group: Group, draft: ManifestDraft, depth: number): void {
  if (depth > MAX_DEPTH) return;
  for (const child of node.namedChildren) {
    if (child.type === 'call') statement(child, group, draft, depth);
    else if (child.type !== 'argument_list') statements(child, group, draft, depth + 1);
  }
}

function statement(call: SyntaxNode, group: Group, draft: ManifestDraft, depth: number): void {
  const method = call.childForFieldName('receiver') ? '' : (call.childForFieldName('method')?.text ?? '');
  const given = argumentsOf(call.childForFieldName('arguments'));
  const block = call.childForFieldName('block');
  if (method === 'gem') gem(given, group, draft);
  else if (method === 'ruby') draft.runtime('ruby', given.texts.join(', ') || null, 'ruby');
  else if (block) statements(block, method === 'group' ? groupOf(given.symbols, given.options, group) : group, draft, depth + 1);
}

function gem({ texts: [name, ...requirements], options }: Arguments, group: Group, draft: ManifestDraft): void {
  const own = options.get('group') ?? options.get('groups');
  if (name !== undefined) draft.depend(name, requirements.join(', ') || null, own ? groupOf(own, new Map(), group) : group, `gem.${name}`);
}

/** For development only where each of the groups is. */
function groupOf(names: readonly string[], options: Arguments['options'], outer: Group): Group {
  if (outer === 'dev' || (names.length > 0 && names.every((name) => DEVELOPMENT.has(name)))) return 'dev';
  return options.get('optional')?.[0] === 'true' ? 'optional' : outer;
}

interface Arguments {
  texts: string[];
  symbols: string[];
  /** `group: :test` and `:group => [:test]` alike. */
  options: Map<string, string[]>;
}

function argumentsOf(list: SyntaxNode | null): Arguments {
  const given: Arguments = { texts: [], symbols: [], options: new Map() };
  for (const node of list?.namedChildren ?? []) {
    const [value] = valuesOf(node);
    if (node.type === 'pair') given.options.set(symbol(node.childForFieldName('key')?.text ?? ''), valuesOf(node.childForFieldName('value')));
    else if (node.type === 'simple_symbol' && value !== undefined) given.symbols.push(value);
    // `gem "x", [">= 1", "< 3"]`
    else given.texts.push(...valuesOf(node));
  }
  return given;
}

/** Text, symbols and truth as they are written, also those of a list; what is computed gives none. */
function valuesOf(node: SyntaxNode | null): string[] {
  switch (node?.type) {
    case 'string':
      return node.namedChildren.some(({ type }) => type === 'interpolation') ? [] : [node.namedChildren.map(({ text }) => text).join('')];
    case 'simple_symbol':
      return [symbol(node.text)];
    case 'true':
    case 'false':
      return [node.type];
    case 'array':
    case 'symbol_array':
    case 'string_array':
      return node.namedChildren.flatMap((child) => (child.type.startsWith('bare_') ? [child.text] : child.type === 'array' ? [] : valuesOf(child)));
    default:
      return [];
  }
}

function symbol(text: string): string {
  return text.replace(/^:|:$/g, '').replace(/^(["'])(.*)\1$/s, '$2');
}
