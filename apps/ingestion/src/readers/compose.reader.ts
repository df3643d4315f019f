import { healthUrl } from '../dockerfiles/health-url';
import { withDefaults } from './compose-variables';
import { composeFile, composePaths } from './compose-file';
import { serviceOfTheApp } from './compose-services';
import type { Reader, Reading } from './reader';

/**
 * What a compose file says of the app itself: its health path, where the Dockerfile has none, and what is wrong with the file.
 * Its images are the detectors' affair (`seenImages`), its port the Dockerfile reader's, which knows what goes first.
 */
export const composeReader: Reader = {
  name: 'compose',
  wants: composePaths,
  read(contents, repository): Reading {
    const files = composePaths(repository).flatMap((path) => {
      const content = contents.get(path);
      return content ? [composeFile(path, content)] : [];
    });
    const commands = files.map(({ services }) => serviceOfTheApp(services, repository.dockerfilePath)?.healthCommand ?? null).filter((command) => command !== null);
    return {
      healthPath: commands.map((command) => healthUrl(withDefaults(command))?.path).find((path) => path !== undefined),
      warnings: files.flatMap(({ warnings }) => warnings),
    };
  },
};
