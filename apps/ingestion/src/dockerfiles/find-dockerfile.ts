import { type DockerfileChoice, DomainError } from '@osiris/contracts';

/** How many folders deep a Dockerfile is looked for. */
const MAX_FOLDERS = 3;
/** Dockerfiles in here build something other than the app. */
const ELSEWHERE = /(^|\/)(\.devcontainer|\.github|\.gitlab|node_modules|vendor|third_party|tests?|__tests__|e2e|fixtures?|testdata|examples?|samples?)\//i;
/** In the order in which they are preferred; each in any case. */
const USUAL = ['Dockerfile', 'Containerfile', 'docker/Dockerfile', 'docker/Containerfile'];
const NAMED = /^(dockerfile|containerfile)$/i;
/** `Dockerfile.prod`, `web.Dockerfile`; not `Dockerfile.dockerignore` or a template. */
const VARIANT = /^((dockerfile|containerfile)[.-][\w-]+|[\w-]+\.(dockerfile|containerfile))$/i;
const NOT_A_VARIANT = /\.(dockerignore|md|txt|orig|bak|tmpl|template|j2|erb|in)$/i;
const PRODUCTION = /prod|release/i;

/**
 * Chooses the Dockerfile to build.
 * @throws DomainError DOCKERFILE_MISSING, saying what was looked for
 */
export function findDockerfile(paths: readonly string[], given: string | null): DockerfileChoice {
  if (given !== null) {
    if (paths.includes(given)) return { path: given, reason: 'it was asked for', others: [] };
    throw new DomainError('DOCKERFILE_MISSING', `The repository has no file "${given}", which was given as its Dockerfile.`);
  }
  for (const usual of USUAL) {
    const found = paths.includes(usual) ? usual : paths.find((path) => path.toLowerCase() === usual.toLowerCase());
    if (found !== undefined) return { path: found, reason: 'it is where people keep it', others: [] };
  }
  const [best, ...others] = paths
    .filter((path) => path.split('/').length <= MAX_FOLDERS + 1 && !ELSEWHERE.test(path))
    .filter((path) => NAMED.test(nameOf(path)) || (VARIANT.test(nameOf(path)) && !NOT_A_VARIANT.test(path)))
    .sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
  if (best === undefined) {
    throw new DomainError(
      'DOCKERFILE_MISSING',
      `No Dockerfile was found. Looked for ${USUAL.join(', ')} in any case, and for Dockerfile, Dockerfile.* and *.Dockerfile up to ${MAX_FOLDERS} folders deep. Symbolic links are not followed. If it lies elsewhere, register the app with dockerfilePath.`,
    );
  }
  return { path: best, reason: others.length === 0 ? 'it is the only one' : `it is the nearest of ${others.length + 1}`, others };
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Nearer to the root first, then the plain name, then what says production. */
function rank(path: string): number {
  const depth = path.split('/').length;
  return depth * 10 + (NAMED.test(nameOf(path)) ? 0 : PRODUCTION.test(nameOf(path)) ? 1 : 2);
}
