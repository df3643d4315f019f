/** `# syntax=docker/dockerfile:1.7`, with or without registry and tag. */
const DOCKERFILE_FRONTEND = /^#\s*syntax\s*=\s*(docker\.io\/)?docker\/dockerfile(:[\w.-]+)?(@sha256:[0-9a-f]{64})?\s*$/i;
const DIRECTIVE = /^#\s*[A-Za-z][A-Za-z0-9]*\s*=/;

/**
 * Takes the `# syntax=docker/dockerfile…` line out of a Dockerfile: it makes the engine pull the frontend from
 * Docker Hub, which fails where that cannot be reached, though the engine's own frontend would do. Other frontends
 * stay. The number of lines stays the same, so that errors name the right one.
 */
export function stripSyntaxLine(dockerfile: string): { text: string; stripped: boolean } {
  const bom = dockerfile.startsWith('\ufeff') ? '\ufeff' : '';
  const lines = dockerfile.slice(bom.length).split('\n');
  // Directives stand at the very top, before any other line.
  const firstOther = lines.findIndex((line) => !DIRECTIVE.test(line));
  const directives = lines.slice(0, firstOther === -1 ? lines.length : firstOther);
  const at = directives.findIndex((line) => DOCKERFILE_FRONTEND.test(line));
  if (at === -1) return { text: dockerfile, stripped: false };
  // An empty comment would end the directives, so it goes behind them: "# escape=`" keeps its effect.
  const kept = [...directives.filter((_, index) => index !== at), '#'];
  return { text: bom + [...kept, ...lines.slice(directives.length)].join('\n'), stripped: true };
}
