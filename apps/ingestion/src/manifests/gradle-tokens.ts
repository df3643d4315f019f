/** A piece of a Gradle build script, in Groovy or Kotlin alike. */
export interface GradleToken {
  /** `word`: names and numbers, dots within (`libs.spring.boot`); `text`: a string; `sign`: one of `(){}[],:;=`; `break`: a line's end. */
  kind: 'word' | 'text' | 'sign' | 'break';
  /** Of a string, what is within its quotes; `$name` and `${name}` as they are written, but for a single quote's. */
  text: string;
  /** From 1. */
  line: number;
}

export interface GradleTokens {
  tokens: GradleToken[];
  /** Line of a string or comment that has no end, from 1; null where all have. */
  unclosed: number | null;
}

/** More than any build script that a person wrote. */
const MAX_TOKENS = 100_000;
const SIGNS = new Set('(){}[],:;=');
const WORD = /[\p{L}\p{N}_$.-]+/uy;
const CLOSERS = ["'''", '"""', "'", '"', '`'] as const;

/**
 * Both dialects share comments, strings, names and brackets, which is all that declarations of dependencies are made of.
 * Takes time linear in the length.
 */
export function gradleTokens(script: string): GradleTokens {
  const tokens: GradleToken[] = [];
  let unclosed: number | null = null;
  let line = 1;
  let position = 0;
  const push = (kind: GradleToken['kind'], text: string): void => void tokens.push({ kind, text, line });
  while (position < script.length && tokens.length < MAX_TOKENS) {
    const char = script[position] ?? '';
    const comment = script.startsWith('//', position) ? '\n' : script.startsWith('/*', position) ? '*/' : undefined;
    const quote = CLOSERS.find((closer) => script.startsWith(closer, position));
    if (char === '\n') {
      push('break', '');
      line++;
      position++;
    } else if (comment !== undefined) {
      const end = script.indexOf(comment, position + 2);
      if (end === -1 && comment === '*/') unclosed ??= line;
      const next = end === -1 ? script.length : comment === '\n' ? end : end + 2;
      line += lineBreaks(script, position, next);
      position = next;
    } else if (quote !== undefined) {
      const { end, closed } = stringEnd(script, position + quote.length, quote);
      // A single quote's text is plain: nothing in it is to be replaced.
      const text = script.slice(position + quote.length, end);
      push('text', quote.startsWith("'") ? text.replaceAll('$', '\\$') : text);
      if (!closed) unclosed ??= line;
      line += lineBreaks(script, position, end);
      position = closed ? end + quote.length : end;
    } else if (SIGNS.has(char)) {
      push('sign', char);
      position++;
    } else {
      WORD.lastIndex = position;
      const word = WORD.exec(script)?.[0];
      if (word !== undefined) push('word', word);
      position += word?.length ?? 1;
    }
  }
  return { tokens, unclosed };
}

/** Where the quote closes; `${…}` may hold quotes of its own. A string in single quotes ends with its line at the latest. */
function stringEnd(script: string, start: number, quote: string): { end: number; closed: boolean } {
  let depth = 0;
  for (let position = start; position < script.length; position++) {
    const char = script[position];
    if (char === '\\') position++;
    else if (depth === 0 && script.startsWith(quote, position)) return { end: position, closed: true };
    else if (char === '\n' && quote.length === 1) return { end: position, closed: false };
    else if (quote.startsWith('"') && char === '$' && script[position + 1] === '{') depth++;
    else if (depth > 0 && char === '}') depth--;
  }
  return { end: script.length, closed: false };
}

/** Looks no further than `to`: the rest may be long, and is asked for again and again. */
function lineBreaks(script: string, from: number, to: number): number {
  let count = 0;
  for (let position = from; position < to; position++) if (script.charCodeAt(position) === 10) count++;
  return count;
}
