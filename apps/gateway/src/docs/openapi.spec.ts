import { type RouteDefinition, routes } from '@osiris/contracts';
import { openApiDocument } from './openapi';

type Json = Record<string, unknown>;

function* refsIn(value: unknown): Generator<string> {
  if (Array.isArray(value)) for (const inner of value) yield* refsIn(inner);
  else if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value)) {
      if (key === '$ref') yield inner as string;
      else yield* refsIn(inner);
    }
  }
}

describe('the OpenAPI document', () => {
  const document = openApiDocument();
  const paths = document['paths'] as Record<string, Record<string, Json>>;
  const schemas = (document['components'] as { schemas: Record<string, Json> }).schemas;

  it('has every route, with a unique operation id', () => {
    const operations = Object.values(paths).flatMap((methods) => Object.values(methods));
    expect(operations.map(({ operationId }) => operationId).sort()).toEqual(Object.keys(routes).sort());
  });

  it('refers only to what is there', () => {
    const refs = [...refsIn(document)];
    expect(refs.length).toBeGreaterThan(20);
    for (const ref of refs) {
      const target = ref.replace('#/', '').split('/').reduce<unknown>((node, key) => (node as Json | undefined)?.[key], document);
      expect([ref, typeof target]).toEqual([ref, 'object']);
    }
  });

  it('names the things of the API', () => {
    expect(Object.keys(schemas)).toEqual(expect.arrayContaining(['App', 'Build', 'Launch', 'Artifact', 'HubService', 'Problem', 'HubEvent', 'CreateLaunchBody']));
    expect(schemas['Problem']).toMatchObject({ type: 'object', required: expect.arrayContaining(['type', 'status', 'code', 'traceId']) });
    expect(paths['/apps/{id}']?.['get']).toMatchObject({ responses: { 200: { content: { 'application/json': { schema: { $ref: '#/components/schemas/App' } } } } } });
    expect(JSON.stringify(document)).not.toMatch(/\$defs|"\$schema"/);
  });

  it('declares each parameter of each path', () => {
    for (const { path, method } of Object.values(routes) as RouteDefinition[]) {
      const operation = paths[path.replace(/:([a-z]+)/gi, '{$1}')]?.[method.toLowerCase()];
      const declared = (operation?.['parameters'] as { name: string; in: string }[]).filter((parameter) => parameter.in === 'path').map(({ name }) => `:${name}`);
      expect(declared).toEqual(path.match(/:[a-z]+/gi) ?? []);
    }
  });
});
