const NAME = /^[A-Za-z_]\w*/;
const MAX_LENGTH = 2_000;
/** Defaults within defaults. */
const MAX_DEPTH = 4;

/**
 * Text of a compose file with `$NAME` and `${NAME:-default}` replaced by the default, or by nothing: what the variables are is
 * known on the author's machine alone. `$$` is a dollar sign.
 * https://docs.docker.com/reference/compose-file/interpolation/
 */
export function withDefaults(text: string, depth = 0): string {
  let out = '';
  const from = text.slice(0, MAX_LENGTH);
  for (let at = 0; at < from.length; ) {
    const dollar = from.indexOf('$', at);
    if (dollar === -1) return out + from.slice(at);
    out += from.slice(at, dollar);
    const braced = from[dollar + 1] === '{';
    const name = NAME.exec(from.slice(dollar + (braced ? 2 : 1), dollar + 260))?.[0] ?? '';
    if (from[dollar + 1] === '$') {
      out += '$';
      at = dollar + 2;
    } else if (!braced) {
      at = dollar + 1 + name.length;
      if (name === '') out += '$';
    } else {
      const end = closing(from, dollar + 2);
      const fallback = /^:?-(.*)$/s.exec(from.slice(dollar + 2 + name.length, end))?.[1];
      if (fallback !== undefined && depth < MAX_DEPTH) out += withDefaults(fallback, depth + 1);
      at = end + 1;
    }
  }
  return out;
}

function closing(text: string, begin: number): number {
  let depth = 1;
  for (let at = begin; at < text.length; at++) {
    if (text[at] === '}' && --depth === 0) return at;
    if (text[at] === '$' && text[at + 1] === '{') depth++;
  }
  return text.length;
}
