import { z } from 'zod';
import { NPM_FRAMEWORKS } from './frameworks';
import type { Reader, Reading, Repository } from './reader';
import { autoTags } from './tags';

const Text = z.string().optional().catch(undefined);
const Dependencies = z.record(z.string(), z.unknown()).catch({});
/** Each field on its own: one that is odd does not spoil the others. */
const Manifest = z.object({
  name: Text,
  description: Text,
  keywords: z.array(z.unknown()).catch([]).transform((all) => all.filter((one): one is string => typeof one === 'string')),
  dependencies: Dependencies,
  devDependencies: Dependencies,
});
const MAX_KEYWORDS = 30;

/** The manifest at the root; where there is none, the one beside the Dockerfile. */
export function manifestPath({ files, dockerfilePath }: Pick<Repository, 'files' | 'dockerfilePath'>): string | undefined {
  const beside = dockerfilePath.replace(/[^/]*$/, 'package.json');
  return ['package.json', beside].find((candidate) => files.some(({ path }) => path === candidate));
}

export const packageJsonReader: Reader = {
  name: 'manifests',
  wants: (repository) => [manifestPath(repository)].filter((path) => path !== undefined),
  read(contents, repository): Reading {
    const [entry] = contents;
    if (!entry) return {};
    const [path, { text }] = entry;
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      return { warnings: [{ code: 'MANIFEST_INVALID', message: `${path} is not valid JSON`, path, line: null }] };
    }
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return { warnings: [{ code: 'MANIFEST_INVALID', message: `${path} is not a JSON object`, path, line: null }] };
    const manifest = Manifest.parse(value);
    const typescript = 'typescript' in { ...manifest.dependencies, ...manifest.devDependencies };
    const hasConfig = repository.files.some((file) => file.path === path.replace(/package\.json$/, 'tsconfig.json'));
    return {
      // A scope says who publishes, not what it is.
      name: manifest.name?.replace(/^@[^/]+\//, ''),
      description: manifest.description,
      tags: [
        ...frameworkTags(path, 'dependencies', manifest.dependencies),
        ...frameworkTags(path, 'devDependencies', manifest.devDependencies),
        ...autoTags(typescript ? `${path}#devDependencies.typescript` : hasConfig ? 'tsconfig.json' : path, 'language', [typescript || hasConfig ? 'typescript' : 'javascript']),
        ...autoTags(`${path}#keywords`, 'keyword', manifest.keywords.slice(0, MAX_KEYWORDS).map((keyword) => keyword.toLowerCase())),
      ],
    };
  },
};

function frameworkTags(path: string, group: string, dependencies: Record<string, unknown>) {
  return Object.keys(dependencies).flatMap((name) => {
    const framework = Object.hasOwn(NPM_FRAMEWORKS, name) ? NPM_FRAMEWORKS[name] : undefined;
    return framework ? autoTags(`${path}#${group}.${name}`, 'framework', [framework]) : [];
  });
}
