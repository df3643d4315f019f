import { identifyLicence, saysOrLater, spdxHeader } from '../licences/identify-licence';
import { licenceIds } from '../licences/licence-expression';
import { appManifests, wantedManifests } from '../manifests/app-manifests';
import { folderOf, isMainFolder } from './app-folders';
import type { Contents, Reader, Reading, Repository } from './reader';
import { autoTags } from './tags';

/** `LICENSE`, `LICENCE.md`, `LICENSE-MIT`, `COPYING.LESSER`, `UNLICENSE`; not `license.go`. */
const LICENCE_FILE = /^(un)?licen[sc]e(\.(txt|md|markdown|rst|adoc))?$|^copying(\.(txt|md|lesser|lib))?$|^licen[sc]e[-._](mit|apache|apache-?2(\.0)?|bsd|gpl(v?[23](\.0)?)?|agpl(v?3)?|lgpl|mpl|cc0|unlicense|zlib|isc)(\.(txt|md))?$/i;
const SOURCE = /\.(js|mjs|cjs|ts|tsx|jsx|py|rb|go|rs|php|java|kt|cs|ex|exs|c|cc|cpp|h|sh|vue|svelte)$/i;
const MAX_LICENCE_FILES = 6;
/** Says how the licence is meant; `style.css` is where a theme of WordPress says it. */
const NOTES = /^(readme(\.(md|txt|rst|adoc|markdown))?|notice(\.(txt|md))?|(wp-content\/themes\/[^/]+\/)?style\.css)$/i;
/** Source files at the root that are looked at for a line that names the licence. */
const MAX_SOURCES = 5;

interface Found {
  ids: string[];
  from: string;
}

/**
 * The licence as SPDX has it. A licence's text binds whoever uses the app, what a manifest says is easily left from a template:
 * the file wins. Where it does not say whether later versions count, and the manifest does, the manifest is more exact.
 */
export const licenceReader: Reader = {
  name: 'licence',
  wants: (repository) => [...licenceFiles(repository), ...wantedManifests(repository), repository.dockerfilePath, ...sources(repository), ...notes(repository)],
  read(contents, repository): Reading {
    const file = moreExactly(byText(contents, repository), contents, repository);
    const manifest = byManifest(contents, repository);
    const chosen = file ?? manifest ?? byHeader(contents, repository);
    if (!chosen) return {};
    if (!file || !manifest || same(file.ids, manifest.ids)) return { tags: autoTags(chosen.from, 'license', chosen.ids, file ? 0.95 : 0.85) };
    if (same(file.ids.map(withoutLater), manifest.ids.map(withoutLater))) return { tags: autoTags(manifest.from, 'license', manifest.ids, 0.95) };
    // Both of an alternative (`MIT OR Apache-2.0`), of which the file holds one.
    if (file.ids.every((id) => manifest.ids.includes(id))) return { tags: autoTags(manifest.from, 'license', manifest.ids, 0.9) };
    return { tags: autoTags(`${file.from} (although ${manifest.from} says ${manifest.ids.join(', ').slice(0, 80)})`, 'license', file.ids, 0.8) };
  },
};

function licenceFiles({ files, dockerfilePath }: Repository): string[] {
  const paths = files.map(({ path }) => path).filter((path) => isMainFolder(folderOf(path), dockerfilePath) && LICENCE_FILE.test(nameOf(path)));
  // Those of the root are for all of it.
  const root = paths.filter((path) => folderOf(path) === '');
  return (root.length > 0 ? root : paths).slice(0, MAX_LICENCE_FILES);
}

function sources({ files }: Repository): string[] {
  return files.filter(({ path }) => folderOf(path) === '' && SOURCE.test(path)).slice(0, MAX_SOURCES).map(({ path }) => path);
}

function notes({ files }: Repository): string[] {
  return files.filter(({ path }) => NOTES.test(path)).slice(0, MAX_SOURCES).map(({ path }) => path);
}

/** With `-or-later` where a README or a source file says so of the licence whose text lies there. */
function moreExactly(file: Found | undefined, contents: Contents, repository: Repository): Found | undefined {
  const says = (id: string): string | undefined => [...notes(repository), ...sources(repository)].find((path) => saysOrLater(contents.get(path)?.text ?? '', id));
  const by = file?.ids.map(says).find((path) => path !== undefined);
  if (!file || by === undefined) return file;
  return { ids: file.ids.map((id) => (says(id) === undefined ? id : id.replace(/-only$/, '-or-later'))), from: `${file.from}, ${by}` };
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function byText(contents: Contents, repository: Repository): Found | undefined {
  const found = licenceFiles(repository).flatMap((path) => {
    const text = contents.get(path)?.text ?? '';
    const id = identifyLicence(text);
    const ids = id === undefined ? licenceIds(spdxHeader(text) ?? '') : [id];
    return ids.length === 0 ? [] : [{ ids, path }];
  });
  const [first] = found;
  if (!first) return undefined;
  const ids = [...new Set(found.flatMap((one) => one.ids))];
  // The Lesser licence is an addition to the General one, whose text lies beside it.
  const lesser = ids.find((id) => id.startsWith('LGPL-3.0'));
  return { ids: lesser === undefined ? ids : ids.filter((id) => !id.startsWith('GPL-3.0')), from: `${found.map(({ path }) => path).join(', ')} (its text)` };
}

function byManifest(contents: Contents, repository: Repository): Found | undefined {
  for (const { path, licence } of appManifests(repository, contents)) {
    const ids = isMainFolder(folderOf(path), repository.dockerfilePath) ? licenceIds(licence ?? '') : [];
    if (ids.length > 0) return { ids, from: `${path}#license` };
  }
  return undefined;
}

function byHeader(contents: Contents, repository: Repository): Found | undefined {
  for (const path of [repository.dockerfilePath, ...sources(repository)]) {
    const ids = licenceIds(spdxHeader(contents.get(path)?.text ?? '') ?? '');
    if (ids.length > 0) return { ids, from: `${path}#SPDX-License-Identifier` };
  }
  return undefined;
}

function same(a: readonly string[], b: readonly string[]): boolean {
  return [...a].sort().join() === [...b].sort().join();
}

function withoutLater(id: string): string {
  return id.replace(/-(only|or-later)$/, '');
}
