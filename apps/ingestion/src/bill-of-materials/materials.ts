import type { IngestionWarning } from '@osiris/contracts';
import { oneLine } from '../readers/tags';

/** As CycloneDX has it: `required` at run time, `optional` where it may be left out, `excluded`: to develop, build and test only. */
export type Scope = 'required' | 'optional' | 'excluded';

/** One thing that an app is made of. */
export interface Material {
  /** Names it within the document: its package URL where it has one. */
  ref: string;
  kind: 'library' | 'framework' | 'container';
  /** Namespace of a registry that has some: `@angular`, `org.apache.commons`. */
  group: string | null;
  name: string;
  version: string | null;
  purl: string | null;
  /** Undefined where nothing tells. */
  scope: Scope | undefined;
  /** What manifests ask for, where that allows more than one version. */
  requirements: string[];
  /** Where it is listed: `package.json#dependencies.react`, `yarn.lock`. */
  from: string[];
  /** Refs of what it depends on. */
  dependsOn: Set<string>;
}

/** What an app is made of, as far as its repository lists it. */
export interface Materials {
  /** By their refs. */
  materials: ReadonlyMap<string, Material>;
  /** Refs of what the app itself asks for. */
  direct: ReadonlySet<string>;
  warnings: IngestionWarning[];
}

/** More than the largest apps have; a document of them has a few megabytes. */
export const MAX_MATERIALS = 20_000;
const MAX_FROM = 5;
const MAX_PLACE = 300;
const MAX_REQUIREMENTS = 5;
const STRENGTH: readonly (Scope | undefined)[] = ['required', undefined, 'optional', 'excluded'];

/** Materials while they are gathered: bounded, each once. */
export class Gathering implements Materials {
  readonly materials = new Map<string, Material>();
  readonly direct = new Set<string>();
  readonly warnings: IngestionWarning[] = [];

  /** Adds one, or what is new of one that is known; of several scopes the strongest holds. */
  add(found: Omit<Material, 'requirements' | 'from' | 'dependsOn'>, from: string, requirement: string | null = null): Material | undefined {
    const known = this.materials.get(found.ref);
    if (!known && this.materials.size >= MAX_MATERIALS) return this.truncated();
    const material = known ?? { ...found, requirements: [], from: [], dependsOn: new Set() };
    if (STRENGTH.indexOf(found.scope) < STRENGTH.indexOf(material.scope)) material.scope = found.scope;
    const place = oneLine(from, MAX_PLACE);
    if (material.from.length < MAX_FROM && !material.from.includes(place)) material.from.push(place);
    if (requirement !== null && material.requirements.length < MAX_REQUIREMENTS && !material.requirements.includes(requirement)) material.requirements.push(requirement);
    this.materials.set(found.ref, material);
    return material;
  }

  private truncated(): undefined {
    if (!this.warnings.some(({ code, path }) => code === 'FILE_TRUNCATED' && path === null)) this.warnings.push({ code: 'FILE_TRUNCATED', message: `The app lists more than ${MAX_MATERIALS} packages: only the first are in its bill of materials`, path: null, line: null });
  }
}
