import * as contracts from '@osiris/contracts';
import { type RouteDefinition, routes } from '@osiris/contracts';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';

type Json = Record<string, unknown>;
type Side = 'input' | 'output';

/** Gathers the named schemas that are met on the way; every exported object and enum of the contracts has a name. */
class Components {
  readonly schemas: Record<string, Json> = {};
  private readonly names = z.registry<{ id: string }>();

  constructor() {
    for (const [id, value] of Object.entries(contracts)) {
      if ((value instanceof z.ZodObject || value instanceof z.ZodEnum) && !this.names.has(value)) this.names.add(value, { id });
    }
  }

  /** The schema as JSON Schema 2020-12, its named parts by reference. */
  of(schema: z.ZodType, io: Side): Json {
    const wrapped = z.toJSONSchema(z.object({ it: schema }), { metadata: this.names, io, unrepresentable: 'any' }) as Json;
    for (const [name, definition] of Object.entries((wrapped['$defs'] ?? {}) as Record<string, Json>)) {
      this.add(name, repointed(definition) as Json);
    }
    return repointed((wrapped['properties'] as Json)['it']) as Json;
  }

  private add(name: string, definition: Json): void {
    const { id: _id, ...schema } = definition;
    const known = this.schemas[name];
    if (known && !isDeepStrictEqual(known, schema)) throw new Error(`${name} means one thing in requests and another in answers: give each a name`);
    this.schemas[name] = schema;
  }
}

function repointed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(repointed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      key === '$ref' && typeof inner === 'string' ? inner.replace('#/$defs/', '#/components/schemas/') : repointed(inner),
    ]),
  );
}

/** The OpenAPI 3.1 document of everything in `routes`. */
export function openApiDocument(): Json {
  const components = new Components();
  const paths: Record<string, Record<string, Json>> = {};
  for (const [operationId, route] of Object.entries(routes) as [string, RouteDefinition][]) {
    const path = route.path.replace(/:([a-z]+)/gi, '{$1}');
    (paths[path] ??= {})[route.method.toLowerCase()] = operation(operationId, route, components);
  }
  components.of(contracts.Problem, 'output');
  components.of(contracts.HubEvent, 'output');
  return {
    openapi: '3.1.0',
    info: {
      title: 'Osiris AppHub',
      version: '0.1.0',
      description: 'Errors are RFC 9457 problem details; their codes are listed at /docs/errors. Writes need a bearer token where the hub has any, else they come from its own machine.',
    },
    paths,
    components: {
      schemas: components.schemas,
      securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
    },
  };
}

function operation(operationId: string, route: RouteDefinition, components: Components): Json {
  return {
    operationId,
    summary: route.summary,
    tags: [route.path.split('/')[1]],
    ...(route.comesLater === undefined ? {} : { description: `Answers 501 until "${route.comesLater}" is built.` }),
    // An empty alternative: loopback needs none where no token is configured.
    ...(route.write ? { security: [{ token: [] }, {}] } : {}),
    parameters: parameters(route, components),
    ...(route.body ? { requestBody: { required: true, content: { 'application/json': { schema: components.of(route.body, 'input') } } } } : {}),
    responses: {
      ...Object.fromEntries(Object.entries(route.responses).map(([status, answer]) => [status, response(answer, components)])),
      default: { description: 'A problem', content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } },
    },
  };
}

function parameters(route: RouteDefinition, components: Components): Json[] {
  const names = [...route.path.matchAll(/:([a-z]+)/gi)].map((match) => match[1] ?? '');
  const inPath = names.map((name) => {
    const schema = route.params?.shape[name] as z.ZodType | undefined;
    return { name, in: 'path', required: true, schema: schema ? components.of(schema, 'input') : { type: 'string' } };
  });
  const inQuery = Object.entries(route.query?.shape ?? {}).map(([name, schema]) => ({
    name,
    in: 'query',
    required: false,
    schema: components.of(schema as z.ZodType, 'output'),
  }));
  const key = { name: 'Idempotency-Key', in: 'header', required: false, schema: { type: 'string', maxLength: 200 } };
  return [...inPath, ...inQuery, ...(route.method === 'POST' ? [key] : [])];
}

function response(answer: RouteDefinition['responses'][number], components: Components): Json {
  if (answer.contentType) return { description: answer.description, content: { [answer.contentType]: { schema: { type: 'string' } } } };
  if (!answer.schema) return { description: answer.description };
  return { description: answer.description, content: { 'application/json': { schema: components.of(answer.schema, 'output') } } };
}
