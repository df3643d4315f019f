// Packages that are ES modules alone: Node requires them as they are (20.19+), Jest 30 only once compiled.
const ESM_ONLY = '(mdast-util-[^/]+|micromark[^/]*|unist-util-[^/]+|decode-named-character-reference|character-entities|devlop|linguist-languages|remark-[^/]+|unified|vfile[^/]*|bail|trough|is-plain-obj|ccount|zwitch|longest-streak|markdown-table|escape-string-regexp)';

/** Two tiers run here: `unit` (beside the code, no I/O) and `medium` (real NATS, databases, engine, object stores). */
const base = {
  rootDir: __dirname,
  testEnvironment: 'node',
  transform: { '^.+\\.ts$': ['@swc/jest'], [`/node_modules/${ESM_ONLY}/.+\\.js$`]: ['@swc/jest'] },
  transformIgnorePatterns: [`/node_modules/(?!${ESM_ONLY}/)`],
  moduleNameMapper: { '^@osiris/(contracts|service-kit|engine|git|search|testing)$': '<rootDir>/libs/$1/src/index.ts' },
  modulePathIgnorePatterns: ['<rootDir>/.*/dist/', '<rootDir>/.nx/', '<rootDir>/.osiris/'],
};

module.exports = {
  projects: [
    { ...base, displayName: 'unit', testMatch: ['<rootDir>/{apps,libs,tools}/**/src/**/*.spec.ts', '<rootDir>/tools/**/*.spec.ts'] },
    { ...base, displayName: 'medium', testMatch: ['<rootDir>/{apps,libs,tools}/*/medium/**/*.spec.ts'], setupFilesAfterEnv: ['<rootDir>/tools/tests/second-attempt.js'] },
  ],
};
