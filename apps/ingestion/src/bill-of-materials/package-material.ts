import type { Ecosystem } from '../manifests/manifest';
import type { Gathering, Scope } from './materials';
import { isVersion, packageUrl } from './package-url';

/** `https://ada:s3cret@host/…` in a requirement. */
const CREDENTIALS = /\/\/[^/\s]*@/g;

export type Found = Parameters<Gathering['add']>[0];

/** A package of a registry; undefined where its name is none that the registry takes. */
export function packageMaterial(ecosystem: Ecosystem | 'conda', name: string, version: string | null, scope: Scope | undefined): Found | undefined {
  const purl = packageUrl(ecosystem, name, version);
  if (purl === undefined) return undefined;
  const end = ecosystem === 'maven' ? name.indexOf(':') : ecosystem === 'npm' || ecosystem === 'jsr' || ecosystem === 'composer' ? name.indexOf('/') : -1;
  return { ref: purl, kind: 'library', group: end === -1 ? null : name.slice(0, end), name: name.slice(end + 1), version, purl, scope };
}

/** A shared framework or SDK has no address: its vendor ships it with the runtime. */
export function platformMaterial(name: string, version: string | null, scope: Scope): Found | undefined {
  if (packageUrl('nuget', name, null) === undefined) return undefined;
  const exact = isVersion(version) ? version : null;
  return { ref: `platform:${name}${exact === null ? '' : `@${exact}`}`, kind: 'framework', group: null, name, version: exact, purl: null, scope };
}

export function withoutCredentials(requirement: string): string {
  return requirement.replace(CREDENTIALS, '//');
}
