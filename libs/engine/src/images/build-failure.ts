import type { ErrorCode } from '@osiris/contracts';
import { type FailedStep, stepLabel } from './build-log';
import { plainText, telling } from './failure-reason';

export type BuildFailureCode = Extract<
  ErrorCode,
  'DOCKERFILE_INVALID' | 'BASE_IMAGE_UNAVAILABLE' | 'COPY_SOURCE_MISSING' | 'RUN_FAILED' | 'BUILD_TIMEOUT' | 'BUILD_OUT_OF_MEMORY' | 'BUILD_CANCELED' | 'BUILD_FAILED'
>;

/** Why a build failed, as data. `message` is for the person whose repository it is. */
export interface BuildFailure {
  code: BuildFailureCode;
  message: string;
  /** Of the Dockerfile, from 1. */
  line?: number;
  /** The base image that cannot be had. */
  image?: string;
  /** The COPY source that is not there. */
  source?: string;
  /** `[2/4] RUN npm ci` */
  step?: string;
  /** Of the step in the log: `BuildLogLine.stepId`. */
  stepId?: number;
  exitCode?: number;
  /** Of the failed step's output, oldest first. */
  lastLines?: string[];
}

const MAX_MESSAGE = 2_000;
/** What a failure carries of the failed step's output. In lines, and in characters of each. */
const LAST_LINES = 20;
const MAX_LAST_LINE = 1_000;
/** What comes before the words that matter: one layer of wrapping after another. */
const WRAPPING = /^(failed to solve( with frontend [\w.]+)?|failed to create LLB definition|failed to load cache key|failed to compute cache key|failed to calculate checksum of ref [^:]+(::\S+)?|rpc error: code = \w+ desc =|ERROR):?\s+/;

function unwrapped(text: string): string {
  let rest = text.trim();
  for (let match = WRAPPING.exec(rest); match; match = WRAPPING.exec(rest)) rest = rest.slice(match[0].length);
  return rest;
}

/** The instruction of a step, without BuildKit's `[stage 2/4]` in front. */
function instruction(step: string): string {
  return step.replace(/^\[[^\]]*\d+\/\d+\] /, '');
}

function shortImage(image: string): string {
  return image.replace(/^docker\.io\/(library\/)?/, '').replace(/@sha256:[0-9a-f]+$/, '');
}

function invalidDockerfile(text: string): BuildFailure | null {
  const parse = /dockerfile parse error(?: on)? line (\d+): (.+)/i.exec(text);
  if (parse) return { code: 'DOCKERFILE_INVALID', line: Number(parse[1]), message: `Line ${parse[1]} of the Dockerfile cannot be understood: ${parse[2]}` };
  if (/the Dockerfile( \([^)]*\))? cannot be empty|file with no instructions/i.test(text)) return { code: 'DOCKERFILE_INVALID', message: 'The Dockerfile is empty' };
  if (/no build stage in current context/i.test(text)) return { code: 'DOCKERFILE_INVALID', message: 'The Dockerfile must begin with FROM' };
  const other =
    /(circular dependency detected on stage.*|target stage .* could not be found|failed to reach build target .*|invalid reference format.*|base name \([^)]*\) should not be blank|failed to parse platform.*|unknown flag: .*|failed to process .*|failed to parse stage name .*|granting entitlement .*|invalid from flag value [^:]*(?=: (stage|invalid)).*|.*is not allowed.*entitlement.*)/i.exec(text);
  return other ? { code: 'DOCKERFILE_INVALID', message: `The Dockerfile cannot be built as written: ${other[1]}` } : null;
}

function baseImage(text: string, step: string): string | null {
  const named =
    /load metadata for (\S+)/.exec(step)?.[1] ??
    /\bFROM (\S+)/.exec(step)?.[1] ??
    /failed to resolve source metadata for (\S+?):? /.exec(text)?.[1] ??
    /^(\S+\/\S+): (not found|failed to)/.exec(text)?.[1] ??
    /(?:pull access denied for|manifest for) (\S+?),? /.exec(text)?.[1] ??
    /invalid from flag value ([^:\s]+): /.exec(text)?.[1] ??
    null;
  if (named !== null) return named;
  const request = /"https?:\/\/([^/"]+)\/v2\/(.+)\/manifests\/([^"]+)"/.exec(text);
  if (!request) return null;
  const host = request[1] === 'registry-1.docker.io' ? 'docker.io' : (request[1] ?? '');
  return `${host}/${request[2]}${(request[3] ?? '').startsWith('sha256:') ? '@' : ':'}${request[3]}`;
}

function unavailableBase(text: string, step: string): BuildFailure | null {
  const fromRegistry = /\/v2\/|manifest (unknown|for)|pull access denied|failed to resolve source metadata|no such host|not found|unauthorized|toomanyrequests|i\/o timeout|no match for platform/i.test(text);
  const aboutBase = /^\[internal\] load metadata|(^|\] )FROM /.test(step) || /\/v2\/|failed to resolve source metadata|pull access denied|manifest for|repository does not exist/i.test(text);
  if (!fromRegistry || !aboutBase) return null;
  const image = baseImage(text, step);
  if (image === null) return null;
  const shown = shortImage(image);
  const why = /no such host|i\/o timeout|connection refused|dial tcp|network is unreachable|TLS handshake|EOF/i.test(text)
    ? 'is not on this machine, and its registry cannot be reached'
    : /no match for platform/i.test(text)
      ? "does not exist for this machine's kind of processor"
      : /toomanyrequests/i.test(text)
        ? 'is not given out now: its registry says that there were too many requests'
        : 'does not exist in its registry, or needs credentials';
  return { code: 'BASE_IMAGE_UNAVAILABLE', image: shown, message: `The base image ${shown} ${why}` };
}

function missingSource(text: string, step: string): BuildFailure | null {
  if (!/\b(COPY|ADD)\b/.test(step) && !/^(COPY|ADD) failed/.test(text)) return null;
  const source =
    /"([^"]+)": not found/.exec(text)?.[1] ??
    /"([^"]+)" not found/.exec(text)?.[1] ??
    /lstat (?:\S*\/buildkit-mount\d+)?(\/?\S+): no such file/.exec(text)?.[1] ??
    /stat ([^:]+): file does not exist/.exec(text)?.[1] ??
    /forbidden path outside the build context: (\S+)/.exec(text)?.[1] ??
    /(?:no source files were specified)/.exec(text)?.[0] ??
    null;
  if (source === null) return null;
  const shown = source.replace(/^\//, '');
  return {
    code: 'COPY_SOURCE_MISSING',
    source: shown,
    message: `"${shown}" is not in the repository, or .dockerignore excludes it (${stepLabel(instruction(step)) || 'COPY'})`,
  };
}

function failedRun(text: string, step: FailedStep | null, code: number | undefined): BuildFailure | null {
  const stated = [...text.matchAll(/(?:exit code:|returned a non-zero code:) (\d+)/g)].at(-1)?.[1];
  const exitCode = stated === undefined ? code : Number(stated);
  const name = step?.name ?? '';
  if (exitCode === undefined && !/^(executor failed running|process ".*" did not complete)/.test(text) && !/\bRUN\b/.test(name)) return null;
  const { lastLines = [] } = step ?? {};
  const command = stepLabel(instruction(name)) || 'A command';
  const ended =
    exitCode === undefined ? `could not be run: ${text.replace(/^executor failed running \[.*?\]: /s, '')}`
    : exitCode === 137 ? 'was killed (exit code 137)'
    : exitCode === 127 ? 'failed with exit code 127: a program it calls is not in the image'
    : `failed with exit code ${exitCode}`;
  const said = telling(lastLines);
  return { code: 'RUN_FAILED', exitCode, lastLines: shownLines(lastLines), message: `${command} ${ended}${said ? `. It said: ${said}` : ''}` };
}

function shownLines(lines: readonly string[]): string[] {
  return lines.slice(-LAST_LINES).map((line) => (line.length > MAX_LAST_LINE ? `${line.slice(0, MAX_LAST_LINE)}…` : line));
}

/** Where in the log it happened: the same for each kind of failure that has a step. */
export function placeOf(step: FailedStep | null): Pick<BuildFailure, 'step' | 'stepId'> {
  if (!step || step.name === '') return {};
  return { step: stepLabel(step.name), ...(step.id === undefined ? {} : { stepId: step.id }) };
}

/**
 * A RUN that was killed for want of memory, whether by itself or by a program that it called.
 * @param certain whether the engine or the kernel has counted it; else the message says what is likely
 */
export function outOfMemory(failure: BuildFailure, certain: boolean): BuildFailure {
  const command = failure.step ? stepLabel(instruction(failure.step)) : 'A command';
  const message = certain
    ? `${command} needed more memory than a build may have, and was killed`
    : `${command} was killed (exit code 137): it probably needed more memory than a build may have`;
  return { ...failure, code: 'BUILD_OUT_OF_MEMORY', message };
}

/** Tells from the builder's own words why a build failed. Understands BuildKit from 20.10 on and the classic builder. */
export function classifyBuildFailure(message: string, failed: FailedStep | null, exitCode?: number): BuildFailure {
  const text = unwrapped(message);
  const step = failed?.name ?? '';
  // What a command is, or printed, may read like any of the builder's own complaints.
  const ofCommand = /^(executor failed running|process "|The command ')/.test(text);
  const failure =
    (ofCommand ? null : (invalidDockerfile(text) ?? unavailableBase(text, step) ?? missingSource(text, step))) ??
    failedRun(text, failed, exitCode) ??
    { code: 'BUILD_FAILED' as const, message: `The build failed: ${plainText(text)}` };
  const place = failure.code === 'DOCKERFILE_INVALID' || failure.code === 'BASE_IMAGE_UNAVAILABLE' ? {} : placeOf(failed);
  return { ...failure, ...place, message: failure.message.slice(0, MAX_MESSAGE) };
}

/**
 * True where the engine itself went away under the build, which says nothing about the build. Looks at the message's
 * ends alone: what stands between may be a command of the Dockerfile.
 */
export function saysEngineEnded(message: string): boolean {
  return (
    /(^|: )(context canceled|graceful_stop|transport is closing|error reading from server: EOF|daemon is shutting down)\s*$/i.test(message) ||
    /^(failed to solve: )?rpc error: code = (Canceled|Unavailable)\b/i.test(message)
  );
}
