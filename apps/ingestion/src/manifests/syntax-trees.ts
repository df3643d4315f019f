import { readFile } from 'node:fs/promises';
import { Language, type Node, Parser } from 'web-tree-sitter';

/** Languages whose programs are manifests: a Gemfile is Ruby, a mix.exs Elixir. */
export type Grammar = 'ruby' | 'elixir';

export type SyntaxNode = Node;

/** In characters. What people write has a few thousand; a grammar recovers from errors in time that grows with the length. */
export const MAX_PROGRAM = 200_000;
/** How often the parser asks whether to go on: about once each 100 characters of an ordinary program. */
const MAX_STEPS = 20_000;

const parsers = new Map<Grammar, Parser>();
const loading = new Map<Grammar, Promise<void>>();

/** Brings a grammar into memory, once; a few milliseconds. `withSyntaxTree` needs it done. */
export function loadGrammar(grammar: Grammar): Promise<void> {
  const known = loading.get(grammar) ?? load(grammar);
  loading.set(grammar, known);
  return known;
}

async function load(grammar: Grammar): Promise<void> {
  try {
    await Parser.init();
    const language = await Language.load(await readFile(require.resolve(`@cursorless/tree-sitter-wasms/out/tree-sitter-${grammar}.wasm`)));
    parsers.set(grammar, new Parser().setLanguage(language));
  } catch (error) {
    // Whoever asks next tries again.
    loading.delete(grammar);
    throw error;
  }
}

/**
 * What `use` makes of a program's tree, which lives no longer; undefined where the parser gave up.
 * @throws Error where the grammar is not loaded
 */
export function withSyntaxTree<T>(grammar: Grammar, text: string, use: (root: SyntaxNode) => T): T | undefined {
  const parser = parsers.get(grammar);
  if (!parser) throw new Error(`The grammar of ${grammar} is not loaded`);
  let steps = 0;
  const tree = parser.parse(text.slice(0, MAX_PROGRAM), null, { progressCallback: () => ++steps > MAX_STEPS });
  if (!tree) {
    // What was given up would go on with the next text.
    parser.reset();
    return undefined;
  }
  try {
    return use(tree.rootNode);
  } finally {
    tree.delete();
  }
}

/** Line of the first thing that is not of the language, from 1; undefined in a sound program. */
export function firstErrorLine(root: SyntaxNode): number | undefined {
  let node: SyntaxNode | undefined = root.hasError ? root : undefined;
  while (node && !node.isError && !node.isMissing) node = node.children.find((child) => child.hasError || child.isMissing);
  return node ? node.startPosition.row + 1 : undefined;
}
