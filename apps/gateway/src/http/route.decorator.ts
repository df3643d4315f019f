import { applyDecorators, createParamDecorator, type ExecutionContext, HttpCode, RequestMapping, RequestMethod, SetMetadata } from '@nestjs/common';
import { DomainError, type FieldError, type RouteDefinition } from '@osiris/contracts';
import type { FastifyRequest } from 'fastify';
import 'reflect-metadata';
import { z } from 'zod';

const ROUTE = Symbol('osiris:route');
const METHODS = {
  GET: RequestMethod.GET,
  POST: RequestMethod.POST,
  PATCH: RequestMethod.PATCH,
  DELETE: RequestMethod.DELETE,
} as const satisfies Record<RouteDefinition['method'], RequestMethod>;

/** Serves an entry of `routes`: its method, its path, and the lowest of its good statuses unless the handler sets another. */
export function Route(definition: RouteDefinition): MethodDecorator {
  const status = Math.min(...Object.keys(definition.responses).map(Number));
  return applyDecorators(
    SetMetadata(ROUTE, definition),
    RequestMapping({ method: METHODS[definition.method], path: definition.path }),
    HttpCode(status),
  );
}

/** The definition a handler serves; undefined for handlers that are not bound by `@Route`. */
export function routeOf(handler: object): RouteDefinition | undefined {
  return Reflect.getMetadata(ROUTE, handler) as RouteDefinition | undefined;
}

type Parsed<R, K extends string> = R extends Record<K, infer S extends z.ZodType> ? z.output<S> : undefined;
/** What a handler of this route gets: only what its definition names, as its schemas parsed it. */
export interface RouteInput<R extends RouteDefinition> {
  params: Parsed<R, 'params'>;
  query: Parsed<R, 'query'>;
  body: Parsed<R, 'body'>;
}

/** Injects the request's params, query and body as the route's schemas read them. */
export const Input = createParamDecorator((_data: unknown, context: ExecutionContext): RouteInput<RouteDefinition> => {
  const definition = routeOf(context.getHandler());
  if (!definition) throw new Error(`${context.getHandler().name} takes @Input() but has no @Route()`);
  return parseInput(definition, context.switchToHttp().getRequest<FastifyRequest>());
});

/**
 * @throws DomainError NOT_FOUND where an id cannot be one (ids are opaque: a malformed one names nothing),
 *   VALIDATION_FAILED with each place of query and body that does not fit.
 */
export function parseInput(
  definition: RouteDefinition,
  request: Pick<FastifyRequest, 'params' | 'query' | 'body'>,
): RouteInput<RouteDefinition> {
  const params = definition.params?.safeParse(request.params);
  if (params && !params.success) throw new DomainError('NOT_FOUND', 'Nothing has this id.');
  const query = definition.query?.safeParse(request.query);
  const body = definition.body?.safeParse(request.body ?? {});
  const errors: FieldError[] = [...fieldErrors(query?.error), ...fieldErrors(body?.error)];
  if (errors.length > 0) {
    throw new DomainError('VALIDATION_FAILED', errors.map(({ path, message }) => `${path || 'body'}: ${message}`).join('; '), { errors });
  }
  return { params: params?.data, query: query?.data, body: body?.data } as RouteInput<RouteDefinition>;
}

/** One entry per place; of keys that are not known, one per key. */
export function fieldErrors(error: z.ZodError | undefined): FieldError[] {
  return (error?.issues ?? []).flatMap((issue) => {
    const path = issue.path.map(String);
    if (issue.code !== 'unrecognized_keys') return [{ path: path.join('.'), message: issue.message }];
    return issue.keys.map((key) => ({ path: [...path, key].join('.'), message: 'is not known here' }));
  });
}
