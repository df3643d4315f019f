import { createHash } from 'node:crypto';
import { licenceIds } from '../licences/licence-expression';
import type { Material, Materials } from './materials';
import { purl } from './package-url';

/** The app that a bill of materials is of. */
export interface DescribedApp {
  name: string;
  commitSha: string;
  /** Without credentials. */
  repoUrl: string;
  dockerfilePath: string;
  /** SPDX identifiers, or names. */
  licences: readonly string[];
  /** Of the readers: what they make of one commit may differ. */
  readersVersion: string;
}

export const CYCLONEDX_MEDIA_TYPE = 'application/vnd.cyclonedx+json';

/**
 * The materials as https://cyclonedx.org/docs/1.6/json/ has them. The same app at the same commit gives the same bytes: no
 * time, a serial number that is derived, everything in one order.
 */
export function cycloneDxDocument(app: DescribedApp, { materials, direct }: Materials): string {
  const all = [...materials.values()].sort((a, b) => compare(a.ref, b.ref));
  const self = appUrl(app);
  return JSON.stringify({
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    serialNumber: `urn:uuid:${derivedUuid(`${app.repoUrl}\n${app.commitSha}\n${app.dockerfilePath}\n${app.readersVersion}`)}`,
    version: 1,
    metadata: {
      // What was looked at is the source, before anything was built of it.
      lifecycles: [{ phase: 'pre-build' }],
      tools: { components: [{ type: 'application', name: 'Osiris AppHub ingestion', version: app.readersVersion }] },
      component: {
        type: 'application',
        'bom-ref': self,
        name: app.name,
        version: app.commitSha,
        ...(app.licences.length > 0 ? { licenses: app.licences.map(licence) } : {}),
        purl: self,
        ...(isAddress(app.repoUrl) ? { externalReferences: [{ type: 'vcs', url: app.repoUrl }] } : {}),
      },
    },
    components: all.map(component),
    dependencies: [{ ref: self, dependsOn: [...direct].sort(compare) }, ...all.filter(({ dependsOn }) => dependsOn.size > 0).map(({ ref, dependsOn }) => ({ ref, dependsOn: [...dependsOn].sort(compare) }))],
    // Manifests do not list what comes with the base image, nor without a lock file what their packages depend on.
    compositions: [{ aggregate: 'incomplete', assemblies: [self] }],
  });
}

/** What SPDX does not know has a name alone. */
function licence(written: string) {
  return { license: licenceIds(written).includes(written) && !/Ref-/.test(written) ? { id: written } : { name: written } };
}

function component({ ref, kind, group, name, version, purl: url, scope, requirements, from }: Material) {
  return {
    type: kind,
    'bom-ref': ref,
    ...(group === null ? {} : { group }),
    name,
    ...(version === null ? {} : { version }),
    ...(scope === undefined ? {} : { scope }),
    ...(url === null ? {} : { purl: url }),
    ...(requirements.length > 0 ? { properties: requirements.map((value) => ({ name: 'osiris:requirement', value })) } : {}),
    evidence: { occurrences: from.map((location) => ({ location })) },
  };
}

/** GitHub has a type of its own, other hosts none: https://github.com/package-url/purl-spec */
function appUrl({ name, repoUrl, commitSha }: DescribedApp): string {
  const [, owner, repository] = /^https:\/\/github\.com\/([\w-]+)\/([\w.-]+?)(?:\.git)?\/?$/i.exec(repoUrl) ?? [];
  if (owner !== undefined && repository !== undefined) return purl('github', owner, repository, commitSha);
  return purl('generic', null, name.replace(/[^\p{L}\p{N}._-]+/gu, '-') || 'app', commitSha, isAddress(repoUrl) ? { vcs_url: `git+${repoUrl}@${commitSha}` } : {});
}

function isAddress(url: string): boolean {
  return URL.canParse(url) && !/[\s<>"{}|\\^`]/.test(url);
}

/** A UUID of version 8, made of what it stands for: https://www.rfc-editor.org/rfc/rfc9562#name-uuid-version-8 */
function derivedUuid(of: string): string {
  const bytes = createHash('sha256').update(of).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** By code units: the same on every machine. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
