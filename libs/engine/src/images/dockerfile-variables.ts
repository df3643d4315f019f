/** In characters: `ARG A=$A$A`, line after line, must not grow without bound. */
const MAX_EXPANDED = 4_000;
const MAX_DEPTH = 8;

/**
 * Text of an instruction with `$NAME`, `${NAME}`, `${NAME:-default}`, `${NAME-default}`, `${NAME:+instead}` and
 * `${NAME+instead}` replaced; a variable that is not known is nothing, an operator that is
 * not known leaves a `$`.
 * https://docs.docker.com/reference/dockerfile/#environment-replacement
 */
export function expandVariables(text: string, variables: ReadonlyMap<string, string>, escape = '\\'): string {
  return new Expansion(text.slice(0, MAX_EXPANDED), variables, escape).all(0).slice(0, MAX_EXPANDED);
}

class Expansion {
  private at = 0;

  constructor(
    private readonly text: string,
    private readonly variables: ReadonlyMap<string, string>,
    private readonly escape: string,
  ) {}

  /** Up to the text's end, or to the brace that closes the reference this is part of. */
  all(depth: number): string {
    let result = '';
    let quote = '';
    while (this.at < this.text.length) {
      const char = this.text[this.at] ?? '';
      if (depth > 0 && char === '}') return result;
      if (char === this.escape && quote !== "'" && this.at + 1 < this.text.length) {
        result += this.text[this.at + 1];
        this.at += 2;
      } else if (char === quote || (quote === '' && (char === '"' || char === "'"))) {
        quote = quote === '' ? char : '';
        this.at++;
      } else if (char === '$' && quote !== "'") {
        result += this.reference(depth);
      } else {
        result += char;
        this.at++;
      }
      if (result.length > MAX_EXPANDED) return result;
    }
    return result;
  }

  private reference(depth: number): string {
    const rest = this.text.slice(this.at);
    const plain = /^\$([A-Za-z_]\w*)/.exec(rest);
    if (plain) {
      this.at += plain[0].length;
      return this.variables.get(plain[1] ?? '') ?? '';
    }
    const braced = /^\$\{([A-Za-z_]\w*)(:?[-+?])?/.exec(rest);
    if (!braced || depth >= MAX_DEPTH) {
      this.at++;
      return '$';
    }
    this.at += braced[0].length;
    const [, name = '', operator = ''] = braced;
    // `${NAME#pattern}` and the like, which newer builders know: a name that holds it is left open.
    const unknown = operator === '' && this.text[this.at] !== '}';
    const word = this.all(depth + 1);
    this.at++;
    if (unknown) return '$';
    const value = this.variables.get(name);
    // With a colon, an empty value counts as none.
    const isSet = value !== undefined && !(operator.startsWith(':') && value === '');
    if (operator.endsWith('+')) return isSet ? word : '';
    if (operator.endsWith('-')) return isSet ? value : word;
    return value ?? '';
  }
}
