import { type DockerfileStage, dockerfileStages } from './dockerfile-stages';
import { platformArguments } from './platform-arguments';
import { hasHiddenVariable } from './possible-bases';

export interface BaseImagesContext {
  /** The stage that becomes the image, by name or by number from 0. Default: the last. */
  target?: string | null;
  /** Build arguments. */
  args?: Readonly<Record<string, string>>;
  /** Of the image: `linux/arm64`. Default: `buildPlatform`. */
  platform?: string;
  /** Of the engine that builds. A base whose name needs it cannot be told without. */
  buildPlatform?: string;
}

/**
 * The images that a build of this Dockerfile takes from elsewhere: what the stages that its target needs begin with
 * (`FROM`) and copy or mount from (`COPY --from`, `RUN --mount=from`), each once, in order of appearance, variables put
 * in. Stages and `scratch` are none. (What the ONBUILD of a base image copies from is not known here.)
 * @returns null where that cannot be told: no such target, a name that is left open, a file longer than anybody writes
 */
export function baseImagesOf(dockerfileText: string, { target, args = {}, platform, buildPlatform }: BaseImagesContext = {}): string[] | null {
  const goal = platform ?? buildPlatform;
  const automatic = goal === undefined ? {} : platformArguments({ target: goal, build: buildPlatform ?? goal });
  const stages = dockerfileStages(dockerfileText, args, automatic);
  const last = stages === null ? -1 : stageNumber(stages, target ?? String(stages.length - 1));
  if (stages === null || last < 0 || hasHiddenVariable(dockerfileText, stages.filter(({ variable }) => variable).length)) return null;
  const needed = new Set<number>();
  const images = new Map<string, number>();
  const waiting = [last];
  for (let number = waiting.pop(); number !== undefined; number = waiting.pop()) {
    const stage = stages[number];
    if (!stage || needed.has(number)) continue;
    needed.add(number);
    if (stage.unknown) return null;
    // A stage may copy from the ones above it alone; FROM takes names, not numbers.
    const above = stages.slice(0, number);
    const below = [namedStage(above, stage.base), ...stage.sources.map((source) => stageNumber(above, source))];
    for (const [index, name] of [stage.base, ...stage.sources].entries()) {
      const found = below[index] ?? -1;
      if (found >= 0) waiting.push(found);
      else if (name.includes('$')) return null;
      else if (name.toLowerCase() !== 'scratch' && (index > 0 || name !== '')) images.set(name, Math.min(images.get(name) ?? number, number));
    }
  }
  return [...images].sort(([, one], [, other]) => one - other).map(([name]) => name);
}

function namedStage(stages: readonly DockerfileStage[], name: string): number {
  return stages.findLastIndex((stage) => stage.name !== null && stage.name === name.toLowerCase());
}

function stageNumber(stages: readonly DockerfileStage[], nameOrNumber: string): number {
  const named = namedStage(stages, nameOrNumber);
  if (named >= 0 || !/^\d{1,4}$/.test(nameOrNumber)) return named;
  return Number(nameOrNumber) < stages.length ? Number(nameOrNumber) : -1;
}
