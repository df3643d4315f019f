import { readFile } from 'node:fs/promises';
import { Language, type Node, Parser, type Tree } from 'web-tree-sitter';

/** Languages whose programs are manifests: a Gemfile is Ruby, a mix.exs Elixir. */
export type Grammar = 'ruby' | 'elixir';

export type SyntaxNode = Node;

/** In characters. The longest that people wrote have 30 000. */
export const MAX_PROGRAM = 50_000;
/** Milliseconds. What a person wrote takes a few; the limits above and below keep to fractions of a second what was made to take long. */
const MAX_TIME = 500;
/**
 * Literals of Ruby for the end of which all of the rest is searched, each time anew: thousands that have none take minutes.
 * Those of a Gemfile, lists of platforms, are a handful.
 * So it is with backslashes before blanks, which Gemfiles do not have.
 */
const SEARCHED_LITERALS = /%[a-z]?[^\w\s,)]|^=begin|`|\\[ \t]/gim;
const MAX_SEARCHED_LITERALS = 100;
/** The scanner of Ruby stops in the midst where the word that ends a heredoc has more than 255 characters. */
const LONG_HEREDOC = /<<[-~]?(?:["'`][^\n]{200}|[^\s"'`]{200})/;

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
 * What `use` makes of a program's tree, which lives no longer; undefined where it is not one that can be parsed in a moment.
 * @throws Error where the grammar is not loaded
 */
export function withSyntaxTree<T>(grammar: Grammar, text: string, use: (root: SyntaxNode) => T): T | undefined {
  const parser = parsers.get(grammar);
  if (!parser) throw new Error(`The grammar of ${grammar} is not loaded`);
  // Tens of thousands of lone carriage returns take Elixir's grammar half a minute, in which it does not ask whether to go on.
  const program = text.slice(0, MAX_PROGRAM).replace(/\r\n?/g, '\n');
  if (grammar === 'ruby' && ((program.match(SEARCHED_LITERALS)?.length ?? 0) > MAX_SEARCHED_LITERALS || LONG_HEREDOC.test(program))) return undefined;
  const tree = parseWith(parser, grammar, program);
  if (!tree) return undefined;
  try {
    return use(tree.rootNode);
  } finally {
    tree.delete();
  }
}

/** Null where the parser gave up. */
function parseWith(parser: Parser, grammar: Grammar, program: string): Tree | null {
  const begun = performance.now();
  try {
    const tree = parser.parse(program, null, { progressCallback: () => performance.now() - begun > MAX_TIME });
    // What was given up would go on with the next text.
    if (!tree) parser.reset();
    return tree;
  } catch {
    // A scanner's assertion failed: this parser is in no known state, its grammar is as good as before.
    parsers.set(grammar, new Parser().setLanguage(parser.language));
    return null;
  }
}

/** Line of the first thing that is not of the language, from 1; undefined in a sound program. */
export function firstErrorLine(root: SyntaxNode): number | undefined {
  let node: SyntaxNode | undefined = root.hasError ? root : undefined;
  while (node && !node.isError && !node.isMissing) node = node.children.find((child) => child.hasError || child.isMissing);
  return node ? node.startPosition.row + 1 : undefined;
}
