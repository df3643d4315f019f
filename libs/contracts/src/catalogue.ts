import type { FactDefinition, JobDefinition, RequestDefinition } from './define';
import * as facts from './facts';
import * as jobs from './jobs';
import * as requests from './requests';
import type { ServiceName } from './services';

function definitionsOf<D extends { kind: string }>(module: object, kind: D['kind']): D[] {
  return Object.values(module).filter(
    (value): value is D => typeof value === 'object' && value !== null && (value as { kind?: unknown }).kind === kind,
  );
}

/** Every message that exists. A service must handle exactly those it owns. */
export const allRequests = definitionsOf<RequestDefinition>(requests, 'request');
export const allJobs = definitionsOf<JobDefinition>(jobs, 'job');
export const allFacts = definitionsOf<FactDefinition>(facts, 'fact');

/** Who must handle a definition: the owner of a request, the worker of a job, the catalog for each fact. */
export function handlerOf(definition: RequestDefinition | JobDefinition | FactDefinition): ServiceName {
  if (definition.kind === 'request') return definition.owner;
  if (definition.kind === 'job') return definition.worker;
  return 'catalog';
}
