import type { IngestionWarning } from '@osiris/contracts';
import { appPort, type ComposePort, healthPathOf } from '../dockerfiles/app-port';
import { parsedDockerfile } from '../dockerfiles/parsed-dockerfile';
import { composeFile, composePaths } from './compose-file';
import { serviceOfTheApp } from './compose-services';
import type { Contents, Reader, Reading, Repository } from './reader';
import { makeTag } from './tags';

/** The port and the health path that the runner uses. What is wrong is a warning here: the build says it with its own words. */
export const dockerfileReader: Reader = {
  name: 'dockerfile',
  wants: (repository) => [repository.dockerfilePath, ...composePaths(repository)],
  read(contents, repository): Reading {
    const path = repository.dockerfilePath;
    const content = contents.get(path);
    if (!content) return { warnings: [doubt(path, 'is not a text file', null)] };
    const { final, doubts } = parsedDockerfile(content);
    const warnings = doubts.map(({ message, line }) => doubt(path, message, line));
    if (!final) return { warnings };
    const chosen = appPort(final, composePort(contents, repository));
    const from = chosen && (chosen.from.includes('#') ? chosen.from : `${path}#${chosen.from}`);
    const tag = chosen && from !== undefined ? makeTag('auto', from, 'port', String(chosen.port), chosen.confidence) : undefined;
    return { port: chosen?.port, healthPath: healthPathOf(final), tags: tag ? [tag] : [], warnings };
  },
};

/** The port inside of the container, as the compose file publishes it. */
function composePort(contents: Contents, repository: Repository): ComposePort | undefined {
  for (const path of composePaths(repository)) {
    const content = contents.get(path);
    const service = content && serviceOfTheApp(composeFile(path, content).services, repository.dockerfilePath);
    const [port] = service?.ports ?? [];
    if (service && port !== undefined) return { port, from: `${path}#services.${service.name}.ports` };
  }
  return undefined;
}

function doubt(path: string, message: string, line: number | null): IngestionWarning {
  return { code: 'DOCKERFILE_DOUBTFUL', message: line === null ? `${path} ${message}` : `${path}, line ${line}: ${message}`, path, line };
}
