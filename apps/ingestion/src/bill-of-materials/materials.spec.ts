import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Spec, Validation } from '@cyclonedx/cyclonedx-library';
import { readFixture, readingOf } from '../../fixtures/fixture-repository';
import { materialsReader } from '../readers/materials.reader';
import { cycloneDxDocument, type DescribedApp } from './cyclonedx-document';
import type { Materials } from './materials';

const EXPECTED = 'materials.expected';
const folder = join(__dirname, '../../fixtures/materials');
const app: DescribedApp = { name: 'Draw', commitSha: 'c'.repeat(40), repoUrl: 'https://git.example.org/ada/draw', dockerfilePath: 'Dockerfile', licences: ['MIT'], readersVersion: '1' };
/** The official schema, strictly. */
const validator = new Validation.JsonStrictValidator(Spec.Version.v1dot6);

async function materialsOf(files: Record<string, string>): Promise<Materials> {
  return (await readingOf(files, {}, [materialsReader])).materials as Materials;
}

/** `required! pkg:npm/express@4.19.2 → pkg:npm/debug@2.6.9`; "!" where the app itself asks for it. */
function written({ materials, direct, warnings }: Materials): string[] {
  const lines = [...materials.values()].map(
    ({ ref, scope, requirements, dependsOn }) => `${scope ?? 'unknown'}${direct.has(ref) ? '!' : ''} ${ref}${requirements.length > 0 ? ` (${requirements.join('; ')})` : ''}${dependsOn.size > 0 ? ` → ${[...dependsOn].sort().join(', ')}` : ''}`,
  );
  return [...lines.sort(), ...warnings.map(({ message }) => `warning ${message}`)];
}

describe('what is listed', () => {
  const fixtures = readdirSync(folder).map((name) => [name, readFixture(join(folder, name)).files] as const);

  it.each(fixtures)('%s', async (_, { [EXPECTED]: expected = '', ...files }) => {
    const materials = await materialsOf(files);
    expect(written(materials)).toEqual(expected.trimEnd().split('\n'));
    expect(await validator.validate(cycloneDxDocument(app, materials))).toBeNull();
  });
});
