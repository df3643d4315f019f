import type { IngestionWarning } from '@osiris/contracts';
import { type Dockerfile, DockerfileParser, type From, type Instruction } from 'dockerfile-ast';
import { runtimeOf } from './base-images';
import type { Reader, Reading } from './reader';
import { autoTags } from './tags';

/** https://docs.docker.com/reference/dockerfile/ */
const KEYWORDS = new Set([
  'ADD', 'ARG', 'CMD', 'COPY', 'ENTRYPOINT', 'ENV', 'EXPOSE', 'FROM', 'HEALTHCHECK', 'LABEL', 'MAINTAINER', 'ONBUILD', 'RUN', 'SHELL',
  'STOPSIGNAL', 'USER', 'VOLUME', 'WORKDIR',
]);

/** In characters: longer than any that a person wrote, short enough for the parser to be done in a moment. */
const MAX_LENGTH = 60_000;

/** Port and base image. What is wrong is a warning here: the build says it with its own words. */
export const dockerfileReader: Reader = {
  name: 'dockerfile',
  wants: ({ dockerfilePath }) => [dockerfilePath],
  read(contents, { dockerfilePath }): Reading {
    const [entry] = contents;
    if (!entry) return { warnings: [doubt(dockerfilePath, `${dockerfilePath} is not a text file`)] };
    const [path, { text }] = entry;
    if (text.length > MAX_LENGTH) return { warnings: [doubt(path, `${path} is longer than ${MAX_LENGTH} characters: port and runtime were not looked for`)] };
    const dockerfile = DockerfileParser.parse(text);
    const instructions = dockerfile.getInstructions();
    const unknown = instructions.find((instruction) => !KEYWORDS.has(instruction.getKeyword()));
    if (unknown) {
      const line = unknown.getRange().start.line + 1;
      return { warnings: [doubt(path, `${path}, line ${line}: "${unknown.getInstruction().slice(0, 40)}" is no Dockerfile instruction; the build will fail`, line)] };
    }
    const stages = dockerfile.getFROMs();
    const last = stages.at(-1);
    if (!last) return { warnings: [doubt(path, `${path} has no FROM; the build will fail`)] };
    const final = stageChain(last, stages);
    const ports = final.flatMap((from) => portsOf(dockerfile, instructionsOf(from, instructions)));
    const base = expand(dockerfile, final.at(-1)?.getImage() ?? '', (final.at(-1) ?? last).getRange().start.line);
    const runtime = runtimeOf(base);
    return {
      port: ports[0],
      tags: [
        ...(runtime ? autoTags(`${path}#FROM ${base}`, 'runtime', [runtime]) : []),
        ...autoTags(`${path}#EXPOSE`, 'port', [...new Set(ports)].slice(0, 3).map(String)),
      ],
    };
  },
};

function doubt(path: string, message: string, line: number | null = null): IngestionWarning {
  return { code: 'DOCKERFILE_DOUBTFUL', message, path, line };
}

/** The last stage, and those that it is built on (`FROM build`), nearest first. */
function stageChain(last: From, stages: readonly From[]): From[] {
  const chain = [last];
  for (let from = last, index = stages.indexOf(last); index > 0; ) {
    const name = from.getImage()?.toLowerCase();
    const below = stages.slice(0, index).findLastIndex((stage) => stage.getBuildStage()?.toLowerCase() === name);
    const next = stages[below];
    if (!next) break;
    chain.push(next);
    from = next;
    index = below;
  }
  return chain;
}

/** Those between a FROM and the next. */
function instructionsOf(from: From, all: readonly Instruction[]): Instruction[] {
  const begin = all.findIndex((instruction) => instruction.getRange().start.line === from.getRange().start.line);
  const length = all.slice(begin + 1).findIndex((instruction) => instruction.getKeyword() === 'FROM');
  return length === -1 ? all.slice(begin + 1) : all.slice(begin + 1, begin + 1 + length);
}

/** TCP ports of EXPOSE in their order; of `3000-3005` the first. */
function portsOf(dockerfile: Dockerfile, instructions: readonly Instruction[]): number[] {
  return instructions
    .filter((instruction) => instruction.getKeyword() === 'EXPOSE')
    .flatMap((instruction) => instruction.getArguments().map((argument) => expand(dockerfile, argument.getValue(), instruction.getRange().start.line)))
    .map((argument) => /^(\d{1,5})(-\d{1,5})?(\/tcp)?$/i.exec(argument)?.[1])
    .map(Number)
    .filter((port) => port >= 1 && port <= 65_535);
}

/** Replaces `$NAME`, `${NAME}` and `${NAME:-default}` by what ARG and ENV above the line say. */
function expand(dockerfile: Dockerfile, text: string, line: number): string {
  return text.replace(/\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)(?::?-([^}]*))?\})/g, (_whole, plain?: string, braced?: string, fallback?: string) => {
    const name = plain ?? braced ?? '';
    return dockerfile.resolveVariable(name, line) ?? globalArg(dockerfile, name) ?? fallback ?? '';
  });
}

/** ARGs before the first FROM count in FROM alone; an ARG without value in a stage brings them in. */
function globalArg(dockerfile: Dockerfile, name: string): string | undefined {
  const arg = dockerfile.getInitialARGs().find((initial) => initial.getProperty()?.getName() === name);
  return arg?.getProperty()?.getValue() ?? undefined;
}
