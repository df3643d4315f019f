import { parsedDockerfile } from '../dockerfiles/parsed-dockerfile';
import { parseLockFile, wantedLockFiles } from '../lock-files/all-lock-files';
import { appManifests } from '../manifests/app-manifests';
import type { Contents, Repository } from '../readers/reader';
import { gatherBaseImages } from './base-images';
import { gatherPackages } from './listed-packages';
import { Gathering, type Materials } from './materials';

/** In characters, of all lock files together: more than a dozen of the largest would take seconds. */
const MAX_CHARACTERS = 12_000_000;

/** What the app's manifests, lock files and Dockerfile list. A lock file that is not whole counts for nothing. */
export function gatherMaterials(repository: Repository, contents: Contents): Materials {
  const gathering = new Gathering();
  let characters = 0;
  const locks = wantedLockFiles(repository).flatMap((path) => {
    const file = contents.get(path);
    if (!file || file.truncated) return [];
    characters += file.text.length;
    if (characters <= MAX_CHARACTERS) return parseLockFile(path, file.text) ?? [];
    gathering.warnings.push({ code: 'FILE_TRUNCATED', message: `${path} is one lock file too many: the bill of materials has what its manifest asks for`, path, line: null });
    return [];
  });
  for (const lock of locks) gathering.warnings.push(...lock.warnings);
  const dockerfile = contents.get(repository.dockerfilePath);
  if (dockerfile) gatherBaseImages(repository.dockerfilePath, parsedDockerfile(dockerfile), gathering);
  gatherPackages(appManifests(repository, contents), locks, gathering);
  return gathering;
}
