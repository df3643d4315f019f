import { parsePipRequirementsLine } from 'pip-requirements-js';

export interface PythonRequirement {
  name: string;
  /** `>=4,<5`; null where any will do, or a URL says which. */
  version: string | null;
}

/** Longer than any that a person wrote. */
const MAX_LENGTH = 2_000;

/**
 * One requirement as https://peps.python.org/pep-0508/ has it. Undefined for what is none; null for one that has no name to
 * be seen (`-r other.txt`, an empty line).
 */
export function parsePythonRequirement(text: string): PythonRequirement | null | undefined {
  if (text.length > MAX_LENGTH) return undefined;
  try {
    const requirement = parsePipRequirementsLine(text);
    if (requirement?.type === 'ProjectURL') return { name: requirement.name, version: null };
    if (requirement?.type !== 'ProjectName') return null;
    const version = (requirement.versionSpec ?? []).map((spec) => `${spec.operator}${spec.version}`).join(',');
    return { name: requirement.name, version: version === '' ? null : version };
  } catch {
    return undefined;
  }
}

/** The groups of dependencies that people give these names are not needed to run the app. */
const DEVELOPMENT = /^(dev|develop|development|tests?|testing|lint|linting|linters?|format|docs?|documentation|typing|types?|mypy|ci|build|release|benchmarks?|style|quality|pre-commit|tox|nox|debug|profiling|coverage)([-_].*)?$/i;

/** Group of an extra (PEP 621) or of a named group of dependencies (PEP 735, Poetry, PDM). */
export function groupCalled(name: string): 'dev' | 'optional' {
  return DEVELOPMENT.test(name) ? 'dev' : 'optional';
}
