import nx from '@nx/eslint-plugin';
import prettier from 'eslint-config-prettier';
import tseslint from 'typescript-eslint';

/** What a project may import, by its scope tag: docs/architecture.md, "Directions". */
const directions = [
  ['contracts', []],
  ['service-kit', ['contracts']],
  ['engine', ['contracts']],
  ['git', ['contracts']],
  ['search', []],
  ['testing', ['contracts', 'service-kit', 'engine']],
  ['web', ['contracts']],
  ['catalog', ['contracts', 'service-kit', 'search']],
  ['gateway', ['contracts', 'service-kit']],
  ['artifact', ['contracts', 'service-kit']],
  ['ingestion', ['contracts', 'service-kit', 'git']],
  ['build', ['contracts', 'service-kit', 'engine', 'git']],
  ['runner', ['contracts', 'service-kit', 'engine']],
];

/** Libraries that one place alone may import, so that what they leak stays there. */
const oneHome = [
  ['dockerode', 'libs/engine'],
  ['minio', 'apps/artifact'],
  ['typeorm', 'apps/catalog'],
  ['react', 'apps/web'],
];

const boundaries = (allowTesting) => [
  'error',
  {
    enforceBuildableLibDependency: false,
    allow: [],
    depConstraints: [
      ...directions.map(([scope, allowed]) => ({
        sourceTag: `scope:${scope}`,
        onlyDependOnLibsWithTags: [scope, ...allowed, ...(allowTesting ? ['testing'] : [])].map((name) => `scope:${name}`),
      })),
      { sourceTag: 'type:app', notDependOnLibsWithTags: ['type:app', 'type:web'] },
    ],
  },
];

export default tseslint.config(
  { ignores: ['**/dist/**', '**/node_modules/**', '.nx/**', '.osiris/**', 'tools/demo/**', '**/test-results/**', '**/playwright-report/**'] },
  ...tseslint.configs.recommended,
  prettier,
  {
    plugins: { '@nx': nx },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': 'off',
      'no-console': 'error',
    },
  },
  {
    files: ['apps/**/*.{ts,tsx}', 'libs/**/*.ts'],
    rules: {
      '@nx/enforce-module-boundaries': boundaries(false),
      'no-restricted-properties': ['error', { object: 'process', property: 'env', message: 'Only env.ts reads the environment.' }],
    },
  },
  {
    files: ['**/env.ts', 'libs/service-kit/src/supervised.ts', 'apps/web/vite.config.*'],
    rules: { 'no-restricted-properties': 'off' },
  },
  {
    files: ['**/*.spec.ts', '**/*.spec.tsx', '**/medium/**/*.ts', '**/fixtures/**/*.ts', 'libs/testing/**/*.ts', 'e2e/**/*.ts', 'apps/web/vite.config.*'],
    rules: {
      '@nx/enforce-module-boundaries': boundaries(true),
      'no-restricted-properties': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  {
    files: ['apps/**/*.{ts,tsx}', 'libs/**/*.ts'],
    rules: {
      'no-restricted-imports': ['error', { paths: oneHome.map(([name, home]) => ({ name, message: `${name} stays in ${home}.` })) }],
    },
  },
  ...[...new Set(oneHome.map(([, home]) => home))].map((home) => ({
    files: [`${home}/**/*.{ts,tsx}`],
    rules: {
      'no-restricted-imports': [
        'error',
        { paths: oneHome.filter(([, own]) => own !== home).map(([name, own]) => ({ name, message: `${name} stays in ${own}.` })) },
      ],
    },
  })),
  {
    files: ['tools/**/*.mjs', 'e2e/**/*.{ts,mjs}', 'libs/testing/**/*.ts'],
    rules: { 'no-console': 'off' },
  },
  { files: ['jest.config.js', '**/*.cjs'], rules: { '@typescript-eslint/no-require-imports': 'off' } },
);
