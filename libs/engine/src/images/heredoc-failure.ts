import { type Copy, DockerfileParser, type Run } from 'dockerfile-ast';
import type { BuildFailure } from './build-failure';

/** In characters; beyond, the parser takes too long. */
const MAX_LENGTH = 60_000;

/**
 * An engine too old for heredocs takes their lines for instructions: the failure then says what is really the matter.
 * Others stay as they are.
 */
export function explainHeredoc(failure: BuildFailure, dockerfileText: string | undefined): BuildFailure {
  const { line } = failure;
  if (failure.code !== 'DOCKERFILE_INVALID' || line === undefined || dockerfileText === undefined || dockerfileText.length > MAX_LENGTH) return failure;
  for (const instruction of DockerfileParser.parse(dockerfileText).getInstructions()) {
    if (!/^(RUN|COPY|ADD)$/.test(instruction.getKeyword())) continue;
    const { start, end } = instruction.getRange();
    if (line - 1 <= start.line || line - 1 > end.line || (instruction as Run | Copy).getHeredocs().length === 0) continue;
    const message = `Line ${line} of the Dockerfile is part of a heredoc (line ${start.line + 1}), which this machine's container engine is too old to understand: join the commands with &&, or update the engine`;
    return { ...failure, message };
  }
  return failure;
}
