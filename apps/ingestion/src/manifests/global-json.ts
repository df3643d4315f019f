import { parseJson } from './json-source';
import type { ManifestFormat } from './manifest';
import { ManifestDraft } from './manifest-draft';
import { at, textOf } from './parsed-value';

/** https://learn.microsoft.com/en-us/dotnet/core/tools/global-json: which SDK builds it. */
export const globalJson: ManifestFormat = {
  name: 'global.json',
  matches: (path) => /(^|\/)global\.json$/.test(path),
  parse(path, text) {
    const draft = new ManifestDraft(path, this.name, 'nuget');
    draft.runtime('dotnet', textOf(at(parseJson(text, draft), 'sdk', 'version')), 'sdk.version');
    return draft.manifest;
  },
};
