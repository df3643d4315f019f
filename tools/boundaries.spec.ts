import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(__dirname, '..');

const forbidden: [file: string, code: string, why: RegExp][] = [
  ['apps/web/src/x.ts', "import '@osiris/service-kit';", /scope:web/],
  ['apps/gateway/src/x.ts', "import '@osiris/engine';", /scope:gateway/],
  ['apps/runner/src/x.ts', "import '@osiris/git';", /scope:runner/],
  ['apps/catalog/src/x.ts', "import '@osiris/git';", /scope:catalog/],
  ['apps/gateway/src/x.ts', "import '@osiris/search';", /scope:gateway/],
  ['libs/search/src/x.ts', "import '@osiris/contracts';", /scope:search/],
  ['apps/build/src/x.ts', "import '../../runner/src/env';", /relative or absolute path/],
  ['apps/build/src/x.ts', "import '@osiris/testing';", /scope:build/],
  ['libs/service-kit/src/x.ts', "import '@osiris/engine';", /scope:service-kit/],
  ['libs/contracts/src/x.ts', "import '@osiris/service-kit';", /Circular dependency|scope:contracts/],
  ['apps/build/src/x.ts', "import Docker from 'dockerode'; export default Docker;", /dockerode stays in libs\/engine/],
  ['apps/gateway/src/x.ts', "import { Client } from 'minio'; export default Client;", /minio stays in apps\/artifact/],
  ['apps/gateway/src/x.ts', "import { DataSource } from 'typeorm'; export default DataSource;", /typeorm stays in apps\/catalog/],
  ['apps/gateway/src/x.ts', "export const port = process.env['PORT'];", /Only env\.ts reads the environment/],
];
const allowed: [file: string, code: string][] = [
  ['apps/catalog/src/x.ts', "import '@osiris/contracts';"],
  ['apps/catalog/src/x.ts', "import '@osiris/search';"],
  ['apps/runner/src/x.ts', "import '@osiris/engine';"],
  ['apps/runner/src/x.spec.ts', "import '@osiris/testing';"],
];

/** One ESLint in a process of its own: its configuration is ESM, which Jest does not load. */
function lint(cases: readonly (readonly [string, string, ...unknown[]])[]): string[] {
  const script = `
    import { ESLint } from 'eslint';
    const eslint = new ESLint();
    const answers = [];
    for (const [filePath, code] of ${JSON.stringify(cases)}) {
      const [result] = await eslint.lintText(code, { filePath });
      answers.push(result.messages.map(({ message }) => message).join('; '));
    }
    process.stdout.write(JSON.stringify(answers));`;
  // The rule reads the project graph from Nx's cache and is skipped in silence where there is none.
  execFileSync(process.execPath, [join(root, 'node_modules/nx/dist/bin/nx.js'), 'show', 'projects'], { cwd: root, stdio: 'ignore' });
  const output = execFileSync(process.execPath, ['--input-type=module', '-e', script], { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  return JSON.parse(output.slice(output.indexOf('["'))) as string[];
}

describe('the directions of docs/architecture.md', () => {
  const answers = lint([...forbidden, ...allowed]);

  test.each(forbidden.map((entry, index) => [entry[0], entry[1], index] as const))('%s may not hold: %s', (_file, _code, index) => {
    expect(answers[index]).toMatch(forbidden[index]![2]);
  });

  test.each(allowed.map((entry, index) => [entry[0], entry[1], index] as const))('%s may hold: %s', (_file, _code, index) => {
    expect(answers[forbidden.length + index]).toBe('');
  });
});
