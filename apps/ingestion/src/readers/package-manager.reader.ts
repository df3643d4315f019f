import type { Reader, Reading } from './reader';
import { autoTags } from './tags';

/** Lock file at the root → the package manager that wrote it. */
const LOCK_FILES: Readonly<Record<string, string>> = {
  'package-lock.json': 'npm',
  'npm-shrinkwrap.json': 'npm',
  'yarn.lock': 'yarn',
  'pnpm-lock.yaml': 'pnpm',
  'bun.lockb': 'bun',
  'bun.lock': 'bun',
  'poetry.lock': 'poetry',
  'uv.lock': 'uv',
  'Pipfile.lock': 'pipenv',
  'Cargo.lock': 'cargo',
  'go.sum': 'go',
  'composer.lock': 'composer',
  'Gemfile.lock': 'bundler',
  'mix.lock': 'mix',
};

export const packageManagerReader: Reader = {
  name: 'package-manager',
  wants: () => [],
  read: (_contents, { files }): Reading => ({
    tags: files.flatMap(({ path }) => {
      const manager = Object.hasOwn(LOCK_FILES, path) ? LOCK_FILES[path] : undefined;
      return manager ? autoTags(path, 'package-manager', [manager]) : [];
    }),
  }),
};
