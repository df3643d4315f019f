import { DomainError } from '@osiris/contracts';
import type { BuildImageRequest } from './build-request';
import { dockerfileStages } from './dockerfile-stages';

/**
 * The target as engines take it: they know stages by name alone.
 * @returns undefined for the last stage
 * @throws DomainError DOCKERFILE_INVALID where the stage of that number has no name
 */
export function targetName({ target, dockerfileText }: Pick<BuildImageRequest, 'target' | 'dockerfileText'>): string | undefined {
  if (target === undefined || dockerfileText === undefined || !/^\d{1,4}$/.test(target)) return target;
  const stages = dockerfileStages(dockerfileText, {}, {});
  const stage = stages?.[Number(target)];
  if (!stages || !stage || stages.some(({ name }) => name === target)) return target;
  if (Number(target) === stages.length - 1) return undefined;
  if (stage.name === null) throw new DomainError('DOCKERFILE_INVALID', `The Dockerfile's stage ${target} has no name, by which alone container engines know a target: write FROM … AS a-name`);
  return stage.name;
}
