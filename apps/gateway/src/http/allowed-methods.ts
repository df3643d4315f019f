import { type RouteDefinition, routes } from '@osiris/contracts';

const known = (Object.values(routes) as RouteDefinition[]).map(({ method, path }) => ({
  method,
  pattern: new RegExp(`^${path.replace(/:[a-z]+/gi, '[^/]+')}$`),
}));

/** The methods that `routes` offers at a request target's path; empty where nothing is there. */
export function allowedMethods(url: string): string[] {
  const path = url.split('?', 1)[0] ?? '/';
  const methods = new Set<string>(known.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method));
  if (methods.has('GET')) methods.add('HEAD');
  return [...methods].sort();
}
