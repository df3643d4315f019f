import { Injectable } from '@nestjs/common';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { allFacts, allJobs, allRequests, handlerOf, type ServiceName } from '@osiris/contracts';
import { HANDLES, type Handled } from './handlers';

export interface BoundHandler {
  definition: Handled;
  invoke: (...args: unknown[]) => Promise<unknown>;
  where: string;
}

/** Finds what the service handles, and refuses a service that leaves a message of its own unheard or hears it twice. */
@Injectable()
export class HandlerRegistry {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
  ) {}

  collect(): BoundHandler[] {
    const found: BoundHandler[] = [];
    for (const { instance } of [...this.discovery.getControllers(), ...this.discovery.getProviders()]) {
      if (typeof instance !== 'object' || instance === null) continue;
      const prototype = Object.getPrototypeOf(instance) as object | null;
      if (!prototype) continue;
      for (const name of this.scanner.getAllMethodNames(prototype)) {
        const method = (instance as Record<string, unknown>)[name];
        if (typeof method !== 'function') continue;
        const definition = Reflect.getMetadata(HANDLES, method) as Handled | undefined;
        if (!definition) continue;
        found.push({
          definition,
          invoke: (...args) => Reflect.apply(method, instance, args) as Promise<unknown>,
          where: `${instance.constructor.name}.${name}`,
        });
      }
    }
    return found;
  }
}

/** @throws Error naming every message without a handler, with two, or handled by a service that does not own it. */
export function checkHandlers(service: ServiceName, handlers: readonly BoundHandler[]): void {
  const expected = new Set(
    [...allRequests, ...allJobs, ...allFacts].filter((definition) => handlerOf(definition) === service).map(({ subject }) => subject),
  );
  const problems: string[] = [];
  const seen = new Map<string, string>();
  for (const { definition, where } of handlers) {
    const other = seen.get(definition.subject);
    if (other) problems.push(`${definition.subject} is handled twice: ${other} and ${where}`);
    seen.set(definition.subject, where);
    if (!expected.has(definition.subject)) problems.push(`${where} handles ${definition.subject}, which is not ${service}'s`);
  }
  for (const subject of expected) if (!seen.has(subject)) problems.push(`${subject} has no handler`);
  if (problems.length > 0) throw new Error(`${service} does not start:\n  ${problems.join('\n  ')}`);
}
