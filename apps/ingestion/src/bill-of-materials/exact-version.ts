import type { Dependency } from '../manifests/manifest';
import { isVersion } from './package-url';

/** Ecosystems in which a version without an operator is one version, or the one that is taken as long as nothing else asks for more. */
const PLAIN_IS_EXACT = new Set<Dependency['ecosystem']>(['npm', 'jsr', 'gem', 'composer', 'hex', 'maven', 'nuget', 'go']);
/** In npm, Composer and JSR `1` and `1.2` are ranges. */
const THREE_PARTS = new Set<Dependency['ecosystem']>(['npm', 'jsr', 'composer']);

/** The only version that a manifest's requirement allows; null where it allows several, or does not say. */
export function exactVersion({ ecosystem, version, origin }: Pick<Dependency, 'ecosystem' | 'version' | 'origin'>): string | null {
  const [, operator = '', plain = ''] = /^\s*(={0,3})\s*(\S+)\s*$/.exec(version ?? '') ?? [];
  const bare = plain.replace(ecosystem === 'nuget' || ecosystem === 'maven' ? /^\[([^,]+)\]$/ : /^$/, '$1');
  if (!isVersion(bare) || !/\d/.test(bare) || /(^|\.)[x*](\.|$)/i.test(bare)) return null;
  if (THREE_PARTS.has(ecosystem) && !/^v?\d+\.\d+\.\d+/.test(bare)) return null;
  // `=1.2` of conda is any 1.2.
  if (operator !== '') return origin === 'conda' && operator === '=' ? null : bare;
  return PLAIN_IS_EXACT.has(ecosystem) && origin === undefined ? bare : null;
}
