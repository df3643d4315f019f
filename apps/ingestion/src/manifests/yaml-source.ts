import { Composer, type Document, type DocumentOptions, Lexer, LineCounter, type ParsedNode, Parser, type ParseOptions, type SchemaOptions } from 'yaml';

/** In characters: longer than any file of YAML that a person wrote, short enough to be read in a moment. */
const MAX_LENGTH = 200_000;
/**
 * Levels of the parser's own stack, of which a map in a map takes two or three. Deeper nesting must be refused before the
 * document is composed: that is recursive, and where a stack that is nearly used up meets a regular expression that is still
 * to be compiled, V8 ends the whole process.
 */
const MAX_STACK = 150;
/** Uses of anchors, counted with what they stand for: enough for any compose file, too few to explode. */
const MAX_ALIASES = 200;
/**
 * In characters. The library compares each key with all before it, 20 000 of which take ten seconds: in a longer file the last of
 * equal keys counts, instead of being an error.
 */
const MAX_COMPARED = 20_000;

type ComposeOptions = ParseOptions & DocumentOptions & SchemaOptions;

export interface YamlSource {
  /** Plain values; undefined where the file does not parse. */
  value: unknown;
  /** What is wrong with it, and the line from 1; null where nothing is. */
  problem: { message: string; line: number | null } | null;
}

/**
 * The first document of a YAML file. Anchors, aliases and merge keys (`<<`) are followed within bounds; keys are text alone.
 * Never throws. A file that says `__proto__` gets a plain key of that name.
 */
export function parseYaml(text: string): YamlSource {
  if (text.length > MAX_LENGTH) return failed(`is longer than ${MAX_LENGTH} characters`);
  const lines = new LineCounter();
  try {
    const document = composeYaml(text, lines, { merge: true, uniqueKeys: text.length <= MAX_COMPARED });
    const [error] = document?.errors ?? [];
    if (error) return failed(error.message.split('\n', 1)[0] ?? error.code, lines.linePos(error.pos[0]).line);
    return { value: document?.toJS({ maxAliasCount: MAX_ALIASES }) as unknown, problem: null };
  } catch (error) {
    // The library throws for aliases that explode, and for those of which the anchor is missing.
    return failed(error instanceof Error ? (error.message.split('\n', 1)[0] ?? '') : 'does not parse');
  }
}

/**
 * The first document, composed with these options and a bound on its nesting; undefined where there is none.
 * @throws RangeError where it is nested deeper
 */
export function composeYaml(text: string, lines: LineCounter, options: ComposeOptions): Document.Parsed<ParsedNode> | undefined {
  lines.addNewLine(0);
  const parser = new Parser(lines.addNewLine);
  // Maps as keys are turned into text by the library, in time exponential to their depth: they are errors instead.
  const composer = new Composer({ stringKeys: true, logLevel: 'silent', lineCounter: lines, ...options });
  for (const document of composer.compose(bounded(text, parser), true, text.length)) return document as Document.Parsed<ParsedNode>;
  return undefined;
}

function* bounded(text: string, parser: Parser): ReturnType<Parser['parse']> {
  for (const lexeme of new Lexer().lex(text)) {
    yield* parser.next(lexeme);
    if (parser.stack.length > MAX_STACK) throw new RangeError('is nested too deep');
  }
  yield* parser.end();
}

function failed(message: string, line: number | null = null): YamlSource {
  return { value: undefined, problem: { message, line } };
}
