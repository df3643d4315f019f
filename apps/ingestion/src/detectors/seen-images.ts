import { imageName } from '../dockerfiles/image-name';
import { parsedDockerfile } from '../dockerfiles/parsed-dockerfile';
import { composeFile, composePaths } from '../readers/compose-file';
import type { Contents, Repository } from '../readers/reader';
import type { SeenImage } from './detect';

/** The files to be read before `seenImages` can say anything. */
export function wantedForImages(repository: Repository): string[] {
  return [...composePaths(repository), repository.dockerfilePath];
}

/**
 * Images that the app is made of or runs beside, as detectors name them: those that its compose files run, and the one that
 * the Dockerfile's last stage is built on. Files that are not among the contents are left out; each is parsed once.
 */
export function seenImages(repository: Repository, contents: Contents): SeenImage[] {
  const seen: SeenImage[] = composePaths(repository).flatMap((path) => {
    const content = contents.get(path);
    if (!content) return [];
    // A service that is built here may give the image that it makes a name: that is the app itself.
    const run = composeFile(path, content).services.filter(({ build }) => build === null);
    return run.map(({ name, image }) => ({ name: imageName(image ?? ''), from: `${path}#services.${name}.image` }));
  });
  const dockerfile = contents.get(repository.dockerfilePath);
  const final = dockerfile && parsedDockerfile(dockerfile).final;
  if (final) seen.push({ name: imageName(final.base), from: `${repository.dockerfilePath}#FROM ${final.base.slice(0, 100)}`, base: true });
  return seen.filter(({ name }) => name !== '' && name !== 'scratch');
}
