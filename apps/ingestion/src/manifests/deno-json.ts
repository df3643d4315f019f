import { stripComments } from 'jsonc-parser';
import { parseJson } from './json-source';
import type { ManifestFormat } from './manifest';
import { ManifestDraft } from './manifest-draft';
import { at, tableOf, textOf } from './parsed-value';

/** `npm:preact@^10.24.2`, `jsr:@hono/hono@4/jsx`: registry, name, requirement. https://docs.deno.com/runtime/fundamentals/modules/ */
const SPECIFIER = /^(npm|jsr):\/?((?:@[^/@]{1,200}\/)?[^/@]{1,200})(?:@([^/]{1,200}))?(?:\/|$)/;

/** https://docs.deno.com/runtime/fundamentals/configuration/ · comments are allowed in both */
export const denoJson: ManifestFormat = {
  name: 'deno.json',
  matches: (path) => /(^|\/)deno\.jsonc?$/.test(path),
  parse(path, text) {
    const draft = new ManifestDraft(path, this.name, 'jsr');
    const { manifest } = draft;
    const root = parseJson(stripComments(text, ' '), draft);
    manifest.name = textOf(at(root, 'name'));
    manifest.licence = textOf(at(root, 'license'));
    for (const [name, specifier] of Object.entries(tableOf(at(root, 'imports')))) {
      const [, registry, wanted, version] = SPECIFIER.exec(textOf(specifier) ?? '') ?? [];
      // What has no registry is an address, or a path within the app.
      if (wanted !== undefined) draft.depend(wanted, version ?? null, 'runtime', `imports.${name}`, registry === 'npm' ? 'npm' : 'jsr');
    }
    return manifest;
  },
};
