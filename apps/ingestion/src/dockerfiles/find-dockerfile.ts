import { type DockerfileChoice, DomainError } from '@osiris/contracts';
import { composeFile, composePaths } from '../readers/compose-file';
import { mainService } from '../readers/compose-services';
import type { Contents } from '../readers/reader';
import { type Candidate, dockerfileCandidates, MAX_FOLDERS, passedOver } from './dockerfile-candidates';

const MAX_OTHERS = 20;
const NOTHING_READ: Contents = new Map();

/**
 * Compose files to be read before the choice, as what they build is the app; none where there is nothing to choose from.
 * `docker/` is where the Dockerfile that is chosen without them lies.
 */
export function composeToConsult(paths: readonly string[], given: string | null): string[] {
  const candidates = given === null ? dockerfileCandidates(paths) : [];
  const [best] = candidates;
  return best && candidates.length > 1 ? composePaths({ files: paths.map((path) => ({ path, bytes: null })), dockerfilePath: best.path }).slice(0, 2) : [];
}

/**
 * Chooses the Dockerfile to build; `compose`: contents of what `composeToConsult` named. docs/ingestion.md has the order.
 * @throws DomainError DOCKERFILE_MISSING, saying what was looked for
 */
export function findDockerfile(paths: readonly string[], given: string | null, compose: Contents = NOTHING_READ): DockerfileChoice {
  const candidates = dockerfileCandidates(paths);
  const choose = (path: string, reason: string): DockerfileChoice => ({ path, reason, others: candidates.map((one) => one.path).filter((one) => one !== path).slice(0, MAX_OTHERS) });
  if (given !== null) {
    if (paths.includes(given)) return choose(given, 'it was asked for');
    throw new DomainError('DOCKERFILE_MISSING', `The repository has no file "${given.slice(0, 200)}", which was given as its Dockerfile.${NO_LINKS}`);
  }
  const [best] = candidates;
  if (!best) throw new DomainError('DOCKERFILE_MISSING', missing(paths));
  if (candidates.length === 1) return choose(best.path, best.atRoot && best.plain ? AT_ROOT : 'it is the only one');
  const built = builtByCompose(candidates, best, compose);
  return built ? choose(built.path, built.reason) : choose(best.path, reasonFor(best, candidates));
}

const AT_ROOT = 'it is where people keep it';
const NO_LINKS = ' A symbolic link is not followed, not even one to a file of the repository: name the file that it points at.';

/** What the compose file's main service builds; a plain one at the root gives way only to what is built from the root too. */
function builtByCompose(candidates: readonly Candidate[], best: Candidate, compose: Contents): { path: string; reason: string } | undefined {
  for (const [path, content] of compose) {
    const service = mainService(composeFile(path, content).services);
    const found = candidates.find((one) => one.path.toLowerCase() === service?.build?.dockerfile.toLowerCase());
    if (!service || !found || found.doubtful) continue;
    if (best.atRoot && best.plain && service.build?.context !== '') continue;
    return { path: found.path, reason: `${path} builds it for its service "${service.name.slice(0, 60)}"` };
  }
  return undefined;
}

function reasonFor(best: Candidate, candidates: readonly Candidate[]): string {
  if (best.atRoot && best.plain) return AT_ROOT;
  if (best.doubtful) return `none of the ${candidates.length} is plainly the app's`;
  const folder = best.path.slice(0, best.path.lastIndexOf('/') + 1);
  return `it is the likeliest of ${candidates.length}: ${folder === '' ? 'at the root' : `in ${folder}`}${best.plain ? '' : ', by its name'}`;
}

function missing(paths: readonly string[]): string {
  const seen = passedOver(paths).slice(0, 3).map((path) => path.slice(0, 100));
  return (
    `No Dockerfile was found. Looked for Dockerfile, Containerfile, Dockerfile.* and *.Dockerfile in any case, at the root and up to ${MAX_FOLDERS} folders deep, but not in those of tests, examples, documents, dependencies and tools.` +
    `${seen.length > 0 ? ` Not taken: ${seen.join(', ')}.` : ''}${NO_LINKS} If it lies elsewhere, register the app with dockerfilePath.`
  );
}
