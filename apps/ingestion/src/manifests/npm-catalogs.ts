import type { ManifestFormat } from './manifest';
import { ManifestDraft } from './manifest-draft';
import { tableOf, at, textOf } from './parsed-value';
import { parseYaml } from './yaml-source';

/** What a manifest asks for a version that a catalogue lays down: `catalog:`, `catalog:default`, `catalog:react18`. */
const REQUEST = /^catalog:\s*(.*)$/s;
const MAX_CATALOGS = 50;

/** The name under which a catalogue's version is kept; undefined where the requirement names no catalogue. */
export function catalogEntry(name: string, requirement: string | null): string | undefined {
  const [, catalog] = REQUEST.exec(requirement ?? '') ?? [];
  return catalog === undefined ? undefined : `${name}@catalog:${catalog.trim() || 'default'}`;
}

/** Versions of `catalog` and `catalogs`, as pnpm's workspace file and Bun's root manifest have them. */
export function manageCatalogs(draft: ManifestDraft, value: unknown, place = ''): void {
  const catalogs = [['', at(value, 'catalog')] as const, ...Object.entries(tableOf(at(value, 'catalogs'))).slice(0, MAX_CATALOGS)];
  for (const [catalog, versions] of catalogs) {
    for (const [name, version] of Object.entries(tableOf(versions))) {
      const entry = catalogEntry(name, `catalog:${catalog}`);
      if (entry !== undefined) draft.manage(entry, textOf(version), `${place}${catalog === '' ? 'catalog' : `catalogs.${catalog}`}.${name}`);
    }
  }
}

/** https://pnpm.io/catalogs */
export const pnpmWorkspace: ManifestFormat = {
  name: 'pnpm-workspace.yaml',
  matches: (path) => /(^|\/)pnpm-workspace\.yaml$/.test(path),
  parse(path, text) {
    const draft = new ManifestDraft(path, this.name, 'npm');
    const { value, problem } = parseYaml(text);
    if (problem) draft.invalid(problem.message, problem.line);
    draft.manifest.packageManager = 'pnpm';
    manageCatalogs(draft, value);
    return draft.manifest;
  },
};
