/** In characters: `ENV A=$A$A`, line after line, must not grow without bound. */
const MAX_EXPANDED = 2_000;
const REFERENCE = /\\\$|\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)(?::?([-+?])([^}]*))?[^}]*\})/g;

/**
 * Text of an instruction with `$NAME`, `${NAME}`, `${NAME:-default}` and `${NAME:+instead}` replaced; what is not known is
 * nothing. https://docs.docker.com/reference/dockerfile/#environment-replacement
 */
export function expand(text: string, variables: ReadonlyMap<string, string>): string {
  return text
    .slice(0, MAX_EXPANDED)
    .replace(REFERENCE, (whole, plain?: string, braced?: string, operator?: string, word: string = '') => {
      if (whole === '\\$') return '$';
      const value = variables.get(plain ?? braced ?? '') ?? '';
      if (operator === '+') return value === '' ? '' : word;
      return value === '' && operator === '-' ? word.replace(/^\$\{?(\w+)\}?$/, (_all, name: string) => variables.get(name) ?? '') : value;
    })
    .slice(0, MAX_EXPANDED);
}
