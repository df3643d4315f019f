import type { Language } from 'linguist-languages' with { 'resolution-mode': 'import' };

/** Languages by what GitHub's linguist knows them by. Names are lower case, those of dialects their group's: `typescript` for TSX. */
export interface Linguist {
  byFilename: ReadonlyMap<string, string | null>;
  /** With the dot, in lower case. Null where what has it is data or prose as well as code. */
  byExtension: ReadonlyMap<string, string | null>;
  byInterpreter: ReadonlyMap<string, string>;
  /** Names and aliases in lower case, also with "-" for spaces. Null for what is no code. */
  byName: ReadonlyMap<string, string | null>;
}

/** What builds, packs or sets up an app, whatever it is written in; every app that is here has some. */
const TOOLING = new Set([
  'Dockerfile', 'Makefile', 'CMake', 'Just', 'Nix', 'HCL', 'Terraform Template', 'Starlark', 'BitBake', 'Gradle', 'Gradle Kotlin DSL', 'Batchfile', 'Procfile', 'Earthly', 'Meson', 'Dune', 'Roff', 'Roff Manpage', 'M4', 'M4Sugar', 'QMake', 'Xmake',
  'Linker Script', 'Singularity', 'Puppet', 'SaltStack', 'Mermaid', 'API Blueprint', 'Bru', 'BibTeX', 'Vim Snippet', 'YASnippet', 'Rich Text Format', 'PostScript', 'Pic', 'Gherkin',
]);
/** Where data or several languages have the extension: what it nearly always is. */
const USUALLY: Readonly<Record<string, string>> = {
  '.ts': 'TypeScript', '.tsx': 'TSX', '.rs': 'Rust', '.mm': 'Objective-C++', '.sol': 'Solidity', '.odin': 'Odin', '.mojo': 'Mojo', '.gts': 'Glimmer TS', '.typ': 'Typst', '.sw': 'Sway', '.tl': 'Teal', '.res': 'ReScript', '.cue': 'CUE', '.mc': 'Monkey C',
  '.h': 'C', '.m': 'Objective-C', '.pl': 'Perl', '.pm': 'Perl', '.t': 'Perl', '.r': 'R', '.v': 'Verilog', '.cls': 'Apex', '.fs': 'F#', '.cs': 'C#', '.php': 'PHP', '.html': 'HTML', '.inc': 'PHP', '.d': 'D', '.ml': 'OCaml', '.pro': 'Prolog', '.ex': 'Elixir', '.s': 'Assembly', '.asm': 'Assembly',
  '.lisp': 'Common Lisp', '.sc': 'Scala', '.gs': 'JavaScript', '.tpl': 'Smarty', '.bas': 'BASIC', '.re': 'Reason', '.hh': 'C++', '.frag': 'GLSL', '.as': 'ActionScript', '.cl': 'Common Lisp', '.e': 'Eiffel', '.p': 'Gnuplot', '.pp': 'Pascal', '.es': 'JavaScript', '.st': 'Smalltalk', '.f': 'Fortran', '.for': 'Fortran',
  '.gd': 'GDScript', '.jq': 'jq', '.ls': 'LiveScript', '.q': 'q', '.qs': 'Q#', '.scm': 'Scheme', '.cp': 'C++', '.lean': 'Lean', '.nu': 'Nushell', '.b': 'Brainfuck', '.cgi': 'Perl', '.fcgi': 'Perl', '.shader': 'ShaderLab', '.fx': 'HLSL', '.i': 'SWIG', '.l': 'Lex', '.n': 'Nemerle', '.vba': 'VBA',
};

let loaded: Promise<Linguist> | undefined;

/** Loaded once, when the first repository is read: an ES module of several hundred files. https://github.com/github-linguist/linguist */
export function loadLinguist(): Promise<Linguist> {
  loaded ??= import('linguist-languages').then((languages) => indexOf(Object.values(languages).filter(isLanguage)));
  return loaded;
}

function indexOf(languages: readonly Language[]): Linguist {
  const tagOf = (language: Language): string | null => (isCode(language) ? (language.group ?? language.name).toLowerCase() : null);
  const byFilename = new Map<string, string | null>();
  const byInterpreter = new Map<string, string>();
  const candidates = new Map<string, Language[]>();
  for (const language of languages) {
    const tag = tagOf(language);
    for (const name of language.filenames ?? []) byFilename.set(name, tag ?? byFilename.get(name) ?? null);
    for (const extension of language.extensions ?? []) candidates.set(extension.toLowerCase(), [...(candidates.get(extension.toLowerCase()) ?? []), language]);
    // Of several the oldest, which has the lowest number.
    for (const interpreter of language.interpreters ?? []) if (tag !== null && !byInterpreter.has(interpreter)) byInterpreter.set(interpreter, tag);
  }
  const byExtension = new Map([...candidates].map(([extension, all]) => [extension, chosen(extension, all, tagOf)]));
  const byName = new Map(languages.flatMap((language) => namesOf(language).map((name) => [name, tagOf(language)] as const)));
  return { byFilename, byExtension, byInterpreter, byName };
}

/** A loader that makes CommonJS of the module adds a mark of its own to what it exports. */
function isLanguage(value: unknown): value is Language {
  return typeof value === 'object' && value !== null && 'name' in value;
}

function namesOf({ name, aliases = [] }: Language): string[] {
  return [name, name.replaceAll(' ', '-'), ...aliases].map((one) => one.toLowerCase());
}

function isCode({ name, type }: Language): boolean {
  return (type === 'programming' || type === 'markup') && !TOOLING.has(name);
}

function chosen(extension: string, candidates: readonly Language[], tagOf: (language: Language) => string | null): string | null {
  const usual = candidates.find(({ name }) => Object.hasOwn(USUALLY, extension) && name === USUALLY[extension]);
  if (usual) return tagOf(usual);
  if (candidates.some(({ type }) => type === 'data' || type === 'prose')) return null;
  const [first] = candidates;
  const own = candidates.find(({ extensions }) => extensions?.[0] === extension) ?? first;
  return own ? tagOf(own) : null;
}
