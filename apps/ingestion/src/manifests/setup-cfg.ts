import type { ManifestFormat } from './manifest';
import { ManifestDraft } from './manifest-draft';
import { groupCalled, parsePythonRequirement } from './python-requirement';

const MAX_LINES = 20_000;

/** https://setuptools.pypa.io/en/latest/userguide/declarative_config.html */
export const setupCfg: ManifestFormat = {
  name: 'setup.cfg',
  matches: (path) => /(^|\/)setup\.cfg$/.test(path),
  parse(path, text) {
    const draft = new ManifestDraft(path, this.name, 'pypi');
    const sections = sectionsOf(text, draft);
    const metadata = sections.get('metadata');
    const options = sections.get('options');
    const { manifest } = draft;
    manifest.name = metadata?.get('name') ?? null;
    manifest.description = metadata?.get('description') ?? metadata?.get('summary') ?? null;
    manifest.licence = metadata?.get('license') ?? null;
    manifest.homepage = metadata?.get('url') ?? metadata?.get('home_page') ?? null;
    draft.keywords(listed(metadata?.get('keywords'), /[,\n]/));
    draft.runtime('python', options?.get('python_requires') ?? null, 'options.python_requires');
    requirements(options?.get('install_requires'), 'runtime', 'options.install_requires', draft);
    for (const [name, value] of sections.get('options.extras_require') ?? []) requirements(value, groupCalled(name), `options.extras_require.${name}`, draft);
    return manifest;
  },
};

function requirements(value: string | undefined, group: 'runtime' | 'dev' | 'optional', place: string, draft: ManifestDraft): void {
  for (const line of listed(value, /[\n]/)) {
    const requirement = draft.open ? parsePythonRequirement(line) : null;
    if (requirement === undefined) draft.invalid(`${place}: "${line.slice(0, 60)}" is no requirement`);
    else if (requirement) draft.depend(requirement.name, requirement.version, group, `${place}.${requirement.name}`);
  }
}

function listed(value: string | undefined, separator: RegExp): string[] {
  return (value ?? '').split(separator).map((one) => one.trim()).filter((one) => one !== '' && !/^(file|attr):/.test(one));
}

/**
 * Sections of options as Python's configparser has them (https://docs.python.org/3/library/configparser.html), a value going
 * on in lines that are indented. The INI parsers of npm know no such lines.
 */
function sectionsOf(text: string, draft: ManifestDraft): Map<string, Map<string, string>> {
  const sections = new Map<string, Map<string, string>>();
  let section: Map<string, string> | undefined;
  let option: string | undefined;
  text.split(/\r?\n/, MAX_LINES).forEach((written, index) => {
    const line = written.trim();
    if (line === '' || line.startsWith('#') || line.startsWith(';')) return;
    const sign = line.search(/[=:]/);
    if (/^\s/.test(written) && section && option !== undefined) section.set(option, `${section.get(option) ?? ''}\n${line}`);
    else if (line.startsWith('[') && line.endsWith(']')) {
      section = sections.get(line.slice(1, -1).trim()) ?? new Map<string, string>();
      sections.set(line.slice(1, -1).trim(), section);
      option = undefined;
    } else if (sign > 0 && section) {
      option = line.slice(0, sign).trim().toLowerCase();
      section.set(option, line.slice(sign + 1).trim());
    } else draft.invalid(`"${line.slice(0, 40)}" is neither a section nor an option`, index + 1);
  });
  return sections;
}
