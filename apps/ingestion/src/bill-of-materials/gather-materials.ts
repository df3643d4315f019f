import { parsedDockerfile } from '../dockerfiles/parsed-dockerfile';
import { parseLockFile, wantedLockFiles } from '../lock-files/all-lock-files';
import { appManifests } from '../manifests/app-manifests';
import { ParsingTime } from '../readers/parsing-time';
import type { LockFile } from '../lock-files/lock-file';
import type { Contents, Repository } from '../readers/reader';
import { gatherBaseImages } from './base-images';
import { gatherPackages } from './listed-packages';
import { Gathering, type Materials } from './materials';

/** In characters, of all lock files together: more than a dozen of the largest would take seconds. */
const MAX_CHARACTERS = 12_000_000;
/** In milliseconds, for all of them. */
const MAX_TIME = 5_000;

/** What the app's manifests, lock files and Dockerfile list. A lock file that is not whole counts for nothing. */
export async function gatherMaterials(repository: Repository, contents: Contents, time = new ParsingTime(MAX_TIME)): Promise<Materials> {
  const gathering = new Gathering();
  let characters = 0;
  const locks: LockFile[] = [];
  for (const path of wantedLockFiles(repository)) {
    const file = contents.get(path);
    if (!file || file.truncated) continue;
    characters += file.text.length;
    const lock = characters > MAX_CHARACTERS || time.over ? undefined : await time.run(() => parseLockFile(path, file.text));
    if (lock) locks.push(lock);
    else gathering.warnings.push({ code: 'FILE_TRUNCATED', message: `${path.slice(0, 120)} is one lock file too many: the bill of materials has what its manifest asks for`, path, line: null });
  }
  for (const lock of locks) gathering.warnings.push(...lock.warnings);
  const dockerfile = contents.get(repository.dockerfilePath);
  if (dockerfile) gatherBaseImages(repository.dockerfilePath, parsedDockerfile(dockerfile), gathering);
  gatherPackages(appManifests(repository, contents), locks, gathering);
  return gathering;
}
