import type { Reader, Reading } from './reader';
import { autoTags } from './tags';

const BY_EXTENSION: Readonly<Record<string, string>> = {
  ts: 'typescript', tsx: 'typescript', mts: 'typescript', cts: 'typescript',
  js: 'javascript', jsx: 'javascript', mjs: 'javascript', cjs: 'javascript',
  vue: 'vue', svelte: 'svelte', html: 'html', htm: 'html', css: 'css', scss: 'css', less: 'css',
  py: 'python', rb: 'ruby', php: 'php', go: 'go', rs: 'rust', java: 'java', kt: 'kotlin', scala: 'scala',
  cs: 'csharp', fs: 'fsharp', c: 'c', h: 'c', cc: 'c++', cpp: 'c++', hpp: 'c++', swift: 'swift', dart: 'dart',
  ex: 'elixir', exs: 'elixir', erl: 'erlang', hs: 'haskell', clj: 'clojure', lua: 'lua', r: 'r', jl: 'julia',
  pl: 'perl', zig: 'zig', nim: 'nim', sh: 'shell', bash: 'shell', ipynb: 'jupyter',
};
/** Not written by the app's authors. */
const VENDORED = /(^|\/)(node_modules|vendor|third_party|dist|build|out|target|\.venv|venv|bower_components|coverage)\/|\.min\.(js|css)$|(^|\/)\.[^/]+\//;
/** Shares below this are incidental. */
const MIN_SHARE = 0.1;
const MAX_LANGUAGES = 4;

export const languagesReader: Reader = {
  name: 'languages',
  wants: () => [],
  read(_contents, { files }): Reading {
    const bytes = new Map<string, number>();
    for (const file of files) {
      if (VENDORED.test(file.path)) continue;
      const extension = /\.([A-Za-z0-9]+)$/.exec(file.path)?.[1]?.toLowerCase() ?? '';
      const language = Object.hasOwn(BY_EXTENSION, extension) ? BY_EXTENSION[extension] : undefined;
      if (language) bytes.set(language, (bytes.get(language) ?? 0) + (file.bytes ?? 0));
    }
    const total = [...bytes.values()].reduce((sum, size) => sum + size, 0);
    const shares = [...bytes].map(([language, size]) => ({ language, share: size / total })).filter(({ share }) => share >= MIN_SHARE);
    const largest = shares.sort((a, b) => b.share - a.share || (a.language < b.language ? -1 : 1)).slice(0, MAX_LANGUAGES);
    return { tags: largest.flatMap(({ language, share }) => autoTags(`file names (${Math.round(share * 100)} % of the code)`, 'language', [language])) };
  },
};
