import { DomainError } from '@osiris/contracts';
import { engineMessage, engineStatus } from '../engine-errors';

/** What the engine says of a command that its runtime cannot run: `exec: "serve": executable file not found in $PATH` */
const EXEC = /exec: ("?)(.+?)\1: ((?:stat \S+: )?(?:executable file not found in \$PATH|no such file or directory|permission denied|exec format error|is a directory))/;
/** The same said by docker-init, or without naming the file. */
const RUNTIME = /OCI runtime|starting container process|runc|exec format error|no such file or directory/i;

/** The failure of a start that is the image's own fault, as people should read it; anything else stays as it is. */
export function startErrorOf(error: unknown): unknown {
  const status = engineStatus(error);
  if (status === undefined) return error;
  const message = engineMessage(error);
  const exec = EXEC.exec(message);
  if (exec) {
    return new DomainError('APP_EXITED', `The image's command cannot be run: "${exec[2]}": ${exec[3]}. Check CMD and ENTRYPOINT in the Dockerfile.`, { cause: error });
  }
  if ((status === 400 || status === 404 || status === 500) && RUNTIME.test(message) && !/network|cgroup/i.test(message)) {
    return new DomainError('APP_EXITED', "The image's command cannot be run. Check CMD and ENTRYPOINT in the Dockerfile.", { cause: error });
  }
  return error;
}

/** The engine starts nothing that is paused. */
export const isPausedError = (error: unknown): boolean => engineStatus(error) === 409 && /paused container/i.test(engineMessage(error));

/** Refusals of a create that have a name of their own. */
export function createErrorOf(error: unknown, image: string): unknown {
  const message = engineMessage(error);
  if (engineStatus(error) === 404 && /no such image/i.test(message)) return imageGone(image, error);
  if (engineStatus(error) === 400 && /no command specified/i.test(message)) {
    return new DomainError('APP_EXITED', 'The image has no command: give the Dockerfile a CMD or an ENTRYPOINT.', { cause: error });
  }
  return error;
}

export function imageGone(image: string, cause: unknown): DomainError {
  return new DomainError('IMAGE_GONE', `The image ${image} is no longer on the engine. Build the app again.`, { cause });
}
