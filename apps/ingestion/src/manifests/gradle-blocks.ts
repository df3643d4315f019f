import type { GradleToken } from './gradle-tokens';

/** One statement of a build script, and the names of the blocks that it stands in, the outermost first. */
export interface GradleStatement {
  blocks: readonly string[];
  tokens: readonly GradleToken[];
}

export interface GradleBlocks {
  statements: GradleStatement[];
  /** Line of a block that is not closed or not opened, from 1; null where all are. */
  unbalanced: number | null;
}

/** Blocks within each other; what is nested deeper is of no block. */
const MAX_DEPTH = 30;

/** Splits a script at its lines' ends and braces: `dependencies { implementation("a:b:1") }` is one statement in one block. */
export function gradleBlocks(tokens: readonly GradleToken[]): GradleBlocks {
  const statements: GradleStatement[] = [];
  const open: { name: string; line: number }[] = [];
  let unbalanced: number | null = null;
  let current: GradleToken[] = [];
  let brackets = 0;
  const end = (): void => {
    if (current.length > 0) statements.push({ blocks: open.slice(0, MAX_DEPTH).map(({ name }) => name), tokens: current });
    current = [];
    brackets = 0;
  };
  for (const token of tokens) {
    const sign = token.kind === 'sign' ? token.text : '';
    if (sign === '{') {
      const name = blockName(current);
      end();
      open.push({ name, line: token.line });
    } else if (sign === '}') {
      end();
      if (!open.pop()) unbalanced ??= token.line;
    } else if (sign === ';' || (token.kind === 'break' && brackets === 0)) {
      end();
    } else if (token.kind !== 'break') {
      if (sign === '(' || sign === '[') brackets++;
      if (sign === ')' || sign === ']') brackets = Math.max(0, brackets - 1);
      current.push(token);
    }
  }
  end();
  return { statements, unbalanced: unbalanced ?? open[0]?.line ?? null };
}

/** `dependencies` of `dependencies`, `commonMain.dependencies` and `"dependencies"()`. */
function blockName(tokens: readonly GradleToken[]): string {
  const first = tokens.find(({ kind }) => kind === 'word' || kind === 'text')?.text ?? '';
  return first.slice(first.lastIndexOf('.') + 1);
}
