import type * as SmolToml from 'smol-toml' with { 'resolution-mode': 'import' };
import type { ManifestDraft } from './manifest-draft';
import { type Table, tableOf } from './parsed-value';

// The package has a CommonJS module too, but declares types for its ES module alone.
// eslint-disable-next-line @typescript-eslint/no-require-imports -- see above
const { parse, TomlError } = require('smol-toml') as typeof SmolToml;

/** How often what stands above a wrong line is tried for itself. */
const MAX_ATTEMPTS = 3;

/** The tables of a TOML file; of one that does not parse those above the wrong line, which is told. */
export function parseToml(text: string, draft: ManifestDraft): Table {
  let rest = text;
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    try {
      return tableOf(parse(rest));
    } catch (error) {
      const line = error instanceof TomlError ? error.line : null;
      if (attempt === 0) draft.invalid(`is not valid TOML (${reasonOf(error)})`, line);
      if (line === null || line <= 1) break;
      rest = rest.split('\n').slice(0, line - 1).join('\n');
    }
  }
  return {};
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? (error.message.split('\n', 1)[0] ?? '').replace(/^Invalid TOML document: /, '') : 'unknown';
}
