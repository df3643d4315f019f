import { ManifestDraft } from '../manifests/manifest-draft';
import { at, listOf, tableOf, textOf } from '../manifests/parsed-value';
import { parseToml } from '../manifests/toml-source';

/** What a file of versions says of one runtime. */
export interface SaidVersion {
  runtime: string;
  /** As written. */
  version: string;
  /** Within the file; empty where the whole file says it. */
  place: string;
}

/** Files that hold one version alone → the runtime. */
const SINGLE: Readonly<Record<string, string>> = {
  '.nvmrc': 'node', '.node-version': 'node', '.python-version': 'python', '.ruby-version': 'ruby', '.java-version': 'java', '.go-version': 'go', '.php-version': 'php', '.elixir-version': 'elixir',
  '.bun-version': 'bun', '.dvmrc': 'deno', 'rust-toolchain': 'rust',
};

/** Names that asdf and mise have for runtimes. */
const TOOLS: Readonly<Record<string, string>> = {
  node: 'node', nodejs: 'node', python: 'python', ruby: 'ruby', java: 'java', go: 'go', golang: 'go', php: 'php', elixir: 'elixir', erlang: 'erlang', rust: 'rust', bun: 'bun', deno: 'deno',
  dotnet: 'dotnet', 'dotnet-core': 'dotnet', swift: 'swift', julia: 'julia', perl: 'perl', crystal: 'crystal', r: 'r',
};

const MAX_LINES = 200;

type Parse = (text: string) => SaidVersion[];

const FORMATS: Readonly<Record<string, Parse>> = {
  // https://asdf-vm.com/manage/configuration.html#tool-versions
  '.tool-versions': (text) => lines(text).flatMap((line) => tool(line.split(/\s+/)[0] ?? '', line.split(/\s+/)[1] ?? null)),
  // https://mise.jdx.dev/configuration.html
  'mise.toml': mise,
  '.mise.toml': mise,
  'rust-toolchain.toml': (text) => said('rust', textOf(at(toml(text), 'toolchain', 'channel')), 'toolchain.channel'),
  // https://devcenter.heroku.com/articles/python-runtimes: `python-3.12.1`
  'runtime.txt': (text) => lines(text).slice(0, 1).flatMap((line) => tool(line.replace(/-.*$/s, ''), line.replace(/^[^-]*-/s, ''))),
  // https://devcenter.heroku.com/articles/customizing-the-jdk
  'system.properties': (text) => lines(text).flatMap((line) => (/^java\.runtime\.version\s*[=:]/.test(line) ? said('java', line.replace(/^[^=:]*[=:]\s*/s, ''), 'java.runtime.version') : [])),
  // https://sdkman.io/usage/#env-command
  '.sdkmanrc': (text) => lines(text).flatMap((line) => (line.startsWith('java=') ? said('java', line.slice(5), 'java') : [])),
};

/** Names of the files that say which version of a runtime people use. */
export const VERSION_FILES: readonly string[] = [...Object.keys(SINGLE), ...Object.keys(FORMATS)];

/** What a file of versions says; nothing where it is not such a file or does not parse. */
export function versionsIn(path: string, text: string): SaidVersion[] {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const runtime = Object.hasOwn(SINGLE, name) ? SINGLE[name] : undefined;
  // Where there are several, the first is the one that is used.
  if (runtime !== undefined && !(name === 'rust-toolchain' && text.includes('['))) return said(runtime, lines(text)[0] ?? null, '');
  return (Object.hasOwn(FORMATS, name) ? FORMATS[name] : FORMATS['rust-toolchain.toml'])?.(text) ?? [];
}

function mise(text: string): SaidVersion[] {
  return Object.entries(tableOf(at(toml(text), 'tools'))).flatMap(([name, value]) => {
    // `node = "20"`, `["20", "18"]`, `{ version = "20" }`; `core:node` says which plugin.
    const [first] = listOf(value);
    return tool(name.replace(/^\w+:/, ''), textOf(first) ?? textOf(at(first, 'version')));
  });
}

function toml(text: string): unknown {
  return parseToml(text, new ManifestDraft('', '', 'npm'));
}

function tool(name: string, version: string | null): SaidVersion[] {
  const runtime = Object.hasOwn(TOOLS, name.toLowerCase()) ? TOOLS[name.toLowerCase()] : undefined;
  return runtime === undefined ? [] : said(runtime, version, name);
}

function said(runtime: string, version: string | null, place: string): SaidVersion[] {
  return version === null ? [] : [{ runtime, version, place }];
}

/** Lines without comments and what is empty. */
function lines(text: string): string[] {
  return text.split('\n', MAX_LINES).map((line) => line.replace(/#.*$/s, '').trim()).filter((line) => line !== '');
}
