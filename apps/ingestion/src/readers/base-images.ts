/** Name of a base image, without registry and tag → what runs in it. Matched on the last part of the name. */
const RUNTIMES: Readonly<Record<string, string>> = {
  node: 'node', bun: 'bun', deno: 'deno', python: 'python', pypy: 'python', ruby: 'ruby', php: 'php', golang: 'go', rust: 'rust',
  openjdk: 'java', 'eclipse-temurin': 'java', amazoncorretto: 'java', gradle: 'java', maven: 'java', tomcat: 'java', jetty: 'java',
  elixir: 'elixir', erlang: 'erlang', perl: 'perl', swift: 'swift', dart: 'dart', julia: 'julia', 'r-base': 'r', shiny: 'r',
  aspnet: 'dotnet', runtime: 'dotnet', sdk: 'dotnet', nginx: 'nginx', 'nginx-unprivileged': 'nginx', httpd: 'apache', caddy: 'caddy',
  busybox: 'busybox', alpine: 'alpine', debian: 'debian', ubuntu: 'ubuntu',
};

/** `node` for `node:20-slim` or `registry.example/library/node@sha256:…`; undefined where the name tells nothing. */
export function runtimeOf(image: string): string | undefined {
  const name = image.replace(/@.*$/, '').replace(/:[^/]*$/, '').toLowerCase();
  const last = name.slice(name.lastIndexOf('/') + 1);
  // `runtime` and `sdk` mean .NET only where Microsoft says so.
  if ((last === 'runtime' || last === 'sdk' || last === 'aspnet') && !name.includes('dotnet')) return undefined;
  return Object.hasOwn(RUNTIMES, last) ? RUNTIMES[last] : undefined;
}
