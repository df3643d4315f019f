import { type Copy, DockerfileParser, type From, type Instruction, type ModifiableInstruction } from 'dockerfile-ast';
import { expandVariables } from './dockerfile-variables';

/** What one `FROM` begins. */
export interface DockerfileStage {
  /** In small letters; null where it has none. */
  name: string | null;
  /** Image or earlier stage that it begins with, variables put in; empty where the variables leave nothing. */
  base: string;
  /** Whether `base` was written with a variable. */
  variable: boolean;
  /** Whether `base` was written with a variable that nobody gave a value. */
  unknown: boolean;
  /** What `COPY --from` and `RUN --mount=from` name: stages, numbers of stages, images. */
  sources: string[];
}

/** In characters. The parser takes longer than linear for what no person wrote. */
const MAX_LENGTH = 60_000;
const MAX_STAGES = 200;

/**
 * The stages of a Dockerfile, in their order.
 * @param given values of build arguments; those that no ARG before the first FROM declares have no effect here
 * @param automatic values of arguments that need no ARG there: the platform's
 * @returns null where it is too long to be looked at, or has more stages than anybody writes
 */
export function dockerfileStages(text: string, given: Readonly<Record<string, string>>, automatic: Readonly<Record<string, string>>): DockerfileStage[] | null {
  if (text.length > MAX_LENGTH) return null;
  const dockerfile = DockerfileParser.parse(text);
  const escape = dockerfile.getEscapeCharacter();
  const globals = new Map(Object.entries(automatic));
  for (const [name, value] of Object.entries(given)) if (globals.has(name)) globals.set(name, value);
  const stages: DockerfileStage[] = [];
  for (const instruction of dockerfile.getInstructions()) {
    const stage = stages.at(-1);
    const keyword = instruction.getKeyword();
    if (keyword === 'FROM') {
      if (stages.length === MAX_STAGES) return null;
      stages.push(stageOf(instruction as From, globals, escape));
    } else if (keyword === 'ARG') {
      if (!stage) for (const argument of argumentsOf(instruction)) declare(globals, argument, given, escape);
    } else if (stage) {
      stage.sources.push(...sourcesOf(instruction));
    }
  }
  return stages;
}

interface DeclaredArgument {
  name: string;
  /** As written, with quotes; null where it has no default. */
  value: string | null;
}

/** Read here: the parser takes `ARG A B` for one argument with a default, as ENV has it. */
function argumentsOf(arg: Instruction): DeclaredArgument[] {
  const words = (arg.getArgumentsContent() ?? '').matchAll(/(?<=^|\s)([A-Za-z_]\w*)(?:=((?:"[^"]*"|'[^']*'|\\.|[^\s"'\\])*))?/g);
  return [...words].map(([, name = '', value]) => ({ name, value: value ?? null }));
}

function declare(globals: Map<string, string>, { name, value: written }: DeclaredArgument, given: Readonly<Record<string, string>>, escape: string): void {
  const value = Object.hasOwn(given, name) ? given[name] : written === null ? globals.get(name) : expandVariables(written, globals, escape);
  if (value === undefined) globals.delete(name);
  else globals.set(name, value);
}

function stageOf(from: From, globals: ReadonlyMap<string, string>, escape: string): DockerfileStage {
  const written = from.getArguments()[0]?.getValue() ?? '';
  const base = expandVariables(written, globals, escape);
  // What a default stands in for is known; a name that the variables leave torn is not.
  const unknown = base === '' || [...written.matchAll(/\$\{?(\w+)\}?/g)].some(([whole, name = '']) => (!whole.startsWith('${') || whole.endsWith('}')) && !globals.has(name));
  return { name: from.getBuildStage()?.toLowerCase() ?? null, base, variable: written.includes('$'), unknown, sources: [] };
}

/** Neither builder puts variables into these: https://docs.docker.com/reference/dockerfile/#copy---from */
function sourcesOf(instruction: Instruction): string[] {
  const keyword = instruction.getKeyword();
  if (keyword === 'COPY') return [(instruction as Copy).getFromFlag()?.getValue() ?? ''].filter((name) => name !== '');
  if (keyword !== 'RUN') return [];
  return (instruction as unknown as ModifiableInstruction)
    .getFlags()
    .filter((flag) => flag.getName() === 'mount')
    .flatMap((flag) => (flag.getValue() ?? '').replaceAll('"', '').split(','))
    .flatMap((option) => /^from=(.+)$/i.exec(option.trim())?.[1] ?? []);
}

/** Names of all `ARG`s of a Dockerfile; none where it is too long to be looked at. */
export function declaredArguments(text: string): Set<string> {
  const instructions = text.length > MAX_LENGTH ? [] : DockerfileParser.parse(text).getInstructions();
  return new Set(
    instructions
      .filter((instruction) => instruction.getKeyword() === 'ARG')
      .flatMap((instruction) => argumentsOf(instruction))
      .map(({ name }) => name),
  );
}
