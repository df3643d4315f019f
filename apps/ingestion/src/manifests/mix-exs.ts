import type { Dependency, ManifestFormat } from './manifest';
import { ManifestDraft } from './manifest-draft';
import { firstErrorLine, MAX_PROGRAM, type SyntaxNode, withSyntaxTree } from './syntax-trees';

/** https://hexdocs.pm/mix/Mix.Project.html: what the functions `project` and those called like `deps` say, as the Elixir that it is. */
export const mixExs: ManifestFormat = {
  name: 'mix.exs',
  grammar: 'elixir',
  matches: (path) => /(^|\/)mix\.exs$/.test(path),
  parse(path, text) {
    const draft = new ManifestDraft(path, this.name, 'hex');
    draft.manifest.packageManager = 'mix';
    const read = withSyntaxTree('elixir', text, (root) => {
      for (const { name, body } of functionsOf(root)) {
        if (name === 'project') project(body, draft);
        else if (/(^|_)deps$/.test(name)) for (const tuple of body.descendantsOfType('tuple')) if (tuple && draft.open) dependency(tuple, draft);
      }
      return firstErrorLine(root) ?? null;
    });
    if (read === undefined) draft.invalid('cannot be read as Elixir in a moment');
    else if (text.length > MAX_PROGRAM) draft.invalid(`is longer than ${MAX_PROGRAM} characters: only its beginning counts`);
    else if (read !== null) draft.invalid('is not valid Elixir', read);
    return draft.manifest;
  },
};

/** `def name do … end` and `defp name, do: …` of the module. */
function functionsOf(root: SyntaxNode): { name: string; body: SyntaxNode }[] {
  return root.namedChildren
    .filter((module) => module.childForFieldName('target')?.text === 'defmodule')
    .flatMap((module) => module.namedChildren.filter(({ type }) => type === 'do_block').flatMap((block) => block.namedChildren))
    .filter((definition) => /^defp?$/.test(definition.childForFieldName('target')?.text ?? ''))
    .flatMap((body) => {
      const [head] = body.namedChildren.find(({ type }) => type === 'arguments')?.namedChildren ?? [];
      const name = head?.type === 'call' ? head.childForFieldName('target')?.text : head?.text;
      return name === undefined ? [] : [{ name, body }];
    });
}

function project(body: SyntaxNode, draft: ManifestDraft): void {
  const [keywords] = body.descendantsOfType('keywords');
  const options = optionsOf(keywords ? [keywords] : []);
  draft.manifest.name = options.get('app')?.[0] ?? null;
  draft.manifest.description = options.get('description')?.[0] ?? null;
  draft.runtime('elixir', options.get('elixir')?.[0] ?? null, 'project.elixir');
}

/** `{:phoenix, "~> 1.7", only: :dev}` */
function dependency(tuple: SyntaxNode, draft: ManifestDraft): void {
  const [first, ...rest] = tuple.namedChildren;
  if (first?.type !== 'atom' && first?.type !== 'quoted_atom') return;
  const [name] = valuesOf(first);
  const options = optionsOf(rest.flatMap((node) => (node.type === 'list' ? node.namedChildren : [node])));
  const only = options.get('only') ?? [];
  const group: Dependency['group'] = only.length > 0 && !only.includes('prod') ? 'dev' : options.get('optional')?.[0] === 'true' ? 'optional' : 'runtime';
  if (name !== undefined) draft.depend(name, rest.find(({ type }) => type === 'string') ? (valuesOf(rest[0])[0] ?? null) : null, group, `deps.${name}`);
}

function optionsOf(nodes: readonly SyntaxNode[]): Map<string, string[]> {
  const pairs = nodes.filter(({ type }) => type === 'keywords').flatMap((keywords) => keywords.namedChildren);
  return new Map(pairs.map((pair) => [pair.childForFieldName('key')?.text.replace(/:\s*$/, '') ?? '', valuesOf(pair.childForFieldName('value'))]));
}

/** Text, atoms and truth as they are written, also those of a list; what is computed gives none. */
function valuesOf(node: SyntaxNode | null | undefined): string[] {
  switch (node?.type) {
    case 'string':
    case 'quoted_atom':
      return node.namedChildren.some(({ type }) => type === 'interpolation') ? [] : [node.namedChildren.map(({ text }) => text).join('').trim()];
    case 'atom':
      return [node.text.slice(1)];
    case 'boolean':
      return [node.text];
    case 'list':
      return node.namedChildren.flatMap((child) => (child.type === 'list' ? [] : valuesOf(child)));
    default:
      return [];
  }
}
