import type { ManifestFormat } from './manifest';
import { ManifestDraft } from './manifest-draft';

const MAX_LINES = 20_000;

/**
 * https://go.dev/ref/mod#go-mod-file: lines of words, blocks in parentheses. A requirement marked `// indirect` is some
 * dependency's own: the app does not use it.
 */
export const goMod: ManifestFormat = {
  name: 'go.mod',
  matches: (path) => /(^|\/)go\.mod$/.test(path),
  parse(path, text) {
    const draft = new ManifestDraft(path, this.name, 'go');
    draft.manifest.packageManager = 'go';
    let block: string | null = null;
    text.split('\n', MAX_LINES).forEach((written, index) => {
      const [code = '', ...comment] = written.split('//');
      const words = code.trim().split(/\s+/).map(unquoted);
      if (words[0] === '') return;
      if (words[0] === ')') return void (block = null);
      if (words.at(-1) === '(') return void (block = words[0] ?? null);
      const [directive = '', ...rest] = block === null ? words : [block, ...words];
      if (!directiveOf(draft, directive, rest, comment.join('//'))) draft.invalid(`"${directive.slice(0, 40)}" is no directive with what it needs`, index + 1);
    });
    return draft.manifest;
  },
};

const IGNORED = new Set(['replace', 'exclude', 'retract', 'godebug', 'ignore']);

/** False where the line is not as its directive has it. */
function directiveOf(draft: ManifestDraft, directive: string, words: readonly string[], comment: string): boolean {
  const [first, second] = words;
  if (IGNORED.has(directive)) return true;
  if (first === undefined) return false;
  if (directive === 'module') draft.manifest.name = lastPart(first);
  else if (directive === 'go') draft.runtime('go', first, 'go');
  else if (directive === 'toolchain') draft.runtime('go', first.replace(/^go/, ''), 'toolchain');
  else if (directive === 'tool') return true;
  else if (directive !== 'require') return false;
  else if (second === undefined) return false;
  else if (!/^\s*indirect\b/.test(comment)) draft.depend(first, second, 'runtime', `require.${first}`);
  return true;
}

/** `example.org/ada/draw/v2` is a module called draw. */
function lastPart(module: string): string {
  return module.replace(/\/v\d+$/, '').replace(/^.*\//s, '');
}

function unquoted(word: string): string {
  return /^(["`]).*\1$/s.test(word) && word.length > 1 ? word.slice(1, -1) : word;
}
