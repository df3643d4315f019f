import { PackageURL } from 'packageurl-js';
import type { Ecosystem } from '../manifests/manifest';

/** What registries take as names. What a manifest has that is none (a path, a variable, a trick) is no package of a registry. */
const NAMES: Readonly<Record<Ecosystem | 'conda', RegExp>> = {
  npm: /^(?:@[a-z0-9~][\w.~-]*\/)?[a-z0-9~_-][\w.~-]*$/i,
  jsr: /^@[a-z0-9-]+\/[a-z0-9-]+$/,
  pypi: /^[a-z0-9](?:[\w.-]*[a-z0-9])?$/i,
  conda: /^[\w][\w.-]*$/,
  gem: /^[a-z0-9_][\w.-]*$/i,
  composer: /^[a-z0-9][\w.-]*\/[a-z0-9][\w.-]*$/i,
  go: /^[a-z0-9][\w.~+-]*(?:\/[\w~+-][\w.~+-]*)*$/i,
  cargo: /^[a-z_][\w-]*$/i,
  maven: /^[\w][\w.-]*:[\w][\w.-]*$/,
  nuget: /^[\w][\w.-]*$/,
  hex: /^[a-z]\w*$/,
};
const MAX_NAME = 214;
/** Of any ecosystem; no white space, no address. */
const VERSION = /^[a-z0-9][\w.+!~^-]{0,127}$/i;

/** Whether it is one exact version, as far as its letters tell. */
export function isVersion(text: string | null): text is string {
  return text !== null && VERSION.test(text);
}

/**
 * The package's URL (https://github.com/package-url/purl-spec), without version where that is null; undefined where the name is
 * none that its registry takes. JSR has no type of its own: its packages are those of its registry for npm.
 */
export function packageUrl(ecosystem: Ecosystem | 'conda', name: string, version: string | null): string | undefined {
  if (name.length > MAX_NAME || !NAMES[ecosystem].test(name)) return undefined;
  switch (ecosystem) {
    case 'npm':
    case 'composer':
      return written(ecosystem, name, '/', version);
    case 'go':
      return written('golang', name, '/', version);
    case 'maven':
      return written('maven', name, ':', version);
    case 'jsr':
      return written('npm', `@jsr/${name.slice(1).replace('/', '__')}`, '/', version, { repository_url: 'https://npm.jsr.io' });
    default:
      return written(ecosystem, name, '', version);
  }
}

/** Any purl of parts that are known to be clean. @throws Error where its type does not allow them */
export function purl(type: string, namespace: string | null, name: string, version: string | null, qualifiers: Readonly<Record<string, string>> = {}): string {
  return new PackageURL(type, namespace, name, version, Object.keys(qualifiers).length > 0 ? { ...qualifiers } : null, null).toString();
}

function written(type: string, name: string, separator: '/' | ':' | '', version: string | null, qualifiers: Readonly<Record<string, string>> = {}): string | undefined {
  const end = separator === '' ? -1 : name.lastIndexOf(separator);
  try {
    return purl(type, end === -1 ? null : name.slice(0, end), name.slice(end + 1), version, qualifiers);
  } catch {
    return undefined;
  }
}
