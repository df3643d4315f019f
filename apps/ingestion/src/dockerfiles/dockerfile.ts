import { DockerfileParser, type Env, type From, type Instruction } from 'dockerfile-ast';
import { portOf } from './health-url';
import { expand } from './variables';

/** What the image of one stage says, together with what the stages say that it is built on. */
export interface Stage {
  name: string | null;
  /** The image that the lowest of its stages is built on, variables replaced: `node:20-slim`. */
  base: string;
  /** Of its FROM, from 1. */
  line: number;
  /** TCP ports of EXPOSE in their order; of `3000-3005` the first. */
  ports: number[];
  /** ENV by name, variables replaced. */
  environment: Map<string, string>;
  /** As one line; null where there is none. */
  command: string | null;
  entrypoint: string | null;
  healthCommand: string | null;
}

export interface Doubt {
  message: string;
  /** From 1; null where it is of the whole file. */
  line: number | null;
}

export interface DockerfileContent {
  stages: Stage[];
  /** The last stage, which is what the image is; null where there is none. */
  final: Stage | null;
  /** Names of the build arguments that it takes. */
  args: string[];
  /** Why the build is going to fail. */
  doubts: Doubt[];
}

/** https://docs.docker.com/reference/dockerfile/ */
const KEYWORDS = new Set([
  'ADD', 'ARG', 'CMD', 'COPY', 'ENTRYPOINT', 'ENV', 'EXPOSE', 'FROM', 'HEALTHCHECK', 'LABEL', 'MAINTAINER', 'ONBUILD', 'RUN', 'SHELL',
  'STOPSIGNAL', 'USER', 'VOLUME', 'WORKDIR',
]);
/** In characters: longer than any that a person wrote, short enough for the parser to be done in a moment. */
export const MAX_LENGTH = 60_000;
const MAX_PORTS = 50;
const MAX_ARGS = 100;
/** Each stage has what the one below it has: beyond these, a short file could have millions of variables. */
const MAX_STAGES = 200;
const MAX_VARIABLES = 1_000;

/** Understands a Dockerfile as BuildKit does: each stage begins with what the stage says that it is built on. Never throws. */
export function parseDockerfile(text: string): DockerfileContent {
  const content: DockerfileContent = { stages: [], final: null, args: [], doubts: [] };
  if (text.length > MAX_LENGTH) return { ...content, doubts: [{ message: `is longer than ${MAX_LENGTH} characters: port and base image were not looked for`, line: null }] };
  const instructions = DockerfileParser.parse(text).getInstructions();
  const wrong = instructions.find((instruction) => !KEYWORDS.has(instruction.getKeyword()));
  if (wrong) content.doubts.push({ message: `"${wrong.getInstruction().slice(0, 40)}" is no Dockerfile instruction; the build will fail`, line: lineOf(wrong) });
  const walk = new Walk(content);
  for (const instruction of instructions) if (!walk.take(instruction)) break;
  content.final = content.stages.at(-1) ?? null;
  if (!content.final && !wrong) content.doubts.push({ message: 'has no FROM; the build will fail', line: null });
  return content;
}

class Walk {
  /** ARGs before the first FROM: known to FROM, and to a stage that names them. */
  private readonly globals = new Map<string, string>();
  private variables = new Map<string, string>();
  private stage: Stage | undefined;
  /** Whether the stage itself has a CMD. */
  private ownCommand = false;

  constructor(private readonly content: DockerfileContent) {}

  /** @returns false where there are more stages than are looked at */
  take(instruction: Instruction): boolean {
    const keyword = instruction.getKeyword();
    if (keyword === 'FROM' && this.content.stages.length === MAX_STAGES) {
      this.doubt(`has more than ${MAX_STAGES} stages: only these were looked at`, instruction);
      return false;
    }
    if (keyword === 'FROM') this.from(instruction as From);
    else if (keyword === 'ARG') this.arg(instruction as Env);
    else if (this.stage) this.inStage(this.stage, keyword, instruction);
    else if (KEYWORDS.has(keyword)) this.doubt(`${keyword} stands before the first FROM; the build will fail`, instruction);
    return true;
  }

  private from(from: From): void {
    const written = from.getImage();
    if (written === null) this.doubt('FROM names no image; the build will fail', from);
    const base = expand(written ?? '', this.globals);
    if (written !== null && base === '') this.doubt(`FROM ${written.slice(0, 80)} names an image only where a build argument is given`, from);
    const below = this.content.stages.findLast(({ name }) => name !== null && name === base.toLowerCase());
    this.stage = {
      name: from.getBuildStage()?.toLowerCase() ?? null,
      base: below?.base ?? base,
      line: lineOf(from),
      ports: [...(below?.ports ?? [])],
      environment: new Map(below?.environment),
      command: below?.command ?? null,
      entrypoint: below?.entrypoint ?? null,
      healthCommand: below?.healthCommand ?? null,
    };
    this.variables = new Map(below?.environment);
    this.ownCommand = false;
    this.content.stages.push(this.stage);
  }

  private arg(arg: Env): void {
    for (const property of arg.getProperties()) {
      const name = property.getName();
      const given = property.getValue();
      if (!this.content.args.includes(name) && this.content.args.length < MAX_ARGS) this.content.args.push(name);
      const value = given === null ? this.globals.get(name) : expand(given, this.stage ? this.variables : this.globals);
      // An ENV of the same name always wins.
      if (value !== undefined && !this.stage?.environment.has(name)) (this.stage ? this.variables : this.globals).set(name, value);
    }
  }

  private inStage(stage: Stage, keyword: string, instruction: Instruction): void {
    if (keyword === 'ENV') this.env(stage, instruction as Env);
    if (keyword === 'EXPOSE') this.expose(stage, instruction);
    if (keyword === 'CMD') {
      stage.command = commandLine(instruction);
      this.ownCommand = true;
    }
    if (keyword === 'ENTRYPOINT') {
      stage.entrypoint = commandLine(instruction);
      // The CMD of an image below would be arguments of another program.
      if (!this.ownCommand) stage.command = null;
    }
    if (keyword === 'HEALTHCHECK') stage.healthCommand = healthCommand(instruction);
  }

  private env(stage: Stage, env: Env): void {
    // All of one instruction see what was there before it.
    const values = env.getProperties().map((property) => [property.getName(), expand(property.getValue() ?? '', this.variables)] as const);
    for (const [name, value] of values) {
      if (stage.environment.size >= MAX_VARIABLES && !stage.environment.has(name)) continue;
      stage.environment.set(name, value);
      this.variables.set(name, value);
    }
  }

  private expose(stage: Stage, instruction: Instruction): void {
    for (const argument of instruction.getArguments()) {
      // A variable may hold several.
      for (const one of expand(argument.getValue(), this.variables).split(/\s+/).filter((text) => text !== '')) {
        const [, begin, protocol] = /^"?(\d{1,5})(?:-\d{1,5})?(?:\/(\w+))?"?$/.exec(one) ?? [];
        const port = portOf(begin);
        if (port === null) this.doubt(`EXPOSE ${one.slice(0, 40)} is no port; the build will fail`, instruction);
        else if (!/^(udp|sctp)$/i.test(protocol ?? '') && !stage.ports.includes(port) && stage.ports.length < MAX_PORTS) stage.ports.push(port);
      }
    }
  }

  private doubt(message: string, at: Instruction): void {
    this.content.doubts.push({ message, line: lineOf(at) });
  }
}

function lineOf(instruction: Instruction): number {
  return instruction.getRange().start.line + 1;
}

/** Both forms as one line: `["npm", "start"]` is `npm start`. */
function commandLine(instruction: Instruction): string {
  return asLine(instruction.getArgumentsContent() ?? '');
}

function healthCommand(instruction: Instruction): string | null {
  const [, command] = /(?:^|\s)CMD\s(.*)$/is.exec(instruction.getArgumentsContent() ?? '') ?? [];
  return command === undefined ? null : asLine(command);
}

function asLine(text: string): string {
  const plain = text.trim();
  if (plain.startsWith('[')) {
    try {
      const parts: unknown = JSON.parse(plain);
      if (Array.isArray(parts) && parts.every((part) => typeof part === 'string')) return parts.join(' ');
    } catch {
      // As Docker does: what is no JSON is a shell's command.
    }
  }
  return plain.replace(/\s+/g, ' ');
}
