import type { Ecosystem } from './manifest';

const MAX_NAME = 214;

/**
 * A name as its registry compares it; undefined for what no registry takes as a name.
 * PyPI: https://peps.python.org/pep-0503/#normalized-names · Go: https://go.dev/ref/mod#major-version-suffixes
 */
export function packageName(ecosystem: Ecosystem, written: string): string | undefined {
  const name = written.trim();
  if (name === '' || name.length > MAX_NAME || /[\s\p{Cc}]/u.test(name)) return undefined;
  switch (ecosystem) {
    case 'pypi':
      return name.toLowerCase().replace(/[-_.]+/g, '-');
    case 'composer':
    case 'nuget':
      return name.toLowerCase();
    case 'go':
      return name.replace(/^(gopkg\.in\/.+)\.v\d+$/, '$1').replace(/\/v\d+$/, '');
    default:
      return name;
  }
}
