/** Programs that a container is started with → the runtime that they are of. */
const PROGRAMS: Readonly<Record<string, string>> = {
  node: 'node', npm: 'node', npx: 'node', yarn: 'node', pnpm: 'node', nodemon: 'node', pm2: 'node', 'pm2-runtime': 'node', bun: 'bun', bunx: 'bun', deno: 'deno',
  python: 'python', python3: 'python', gunicorn: 'python', uvicorn: 'python', hypercorn: 'python', daphne: 'python', flask: 'python', streamlit: 'python', jupyter: 'python', celery: 'python', waitress: 'python',
  'waitress-serve': 'python', uwsgi: 'python', poetry: 'python', pipenv: 'python', uv: 'python', fastapi: 'python', gradio: 'python',
  java: 'java', ruby: 'ruby', bundle: 'ruby', rails: 'ruby', puma: 'ruby', rackup: 'ruby', php: 'php', 'php-fpm': 'php', 'apache2-foreground': 'php', dotnet: 'dotnet', mix: 'elixir', iex: 'elixir', elixir: 'elixir',
  rscript: 'r', julia: 'julia', perl: 'perl', nginx: 'nginx', caddy: 'caddy', apachectl: 'apache', apache2ctl: 'apache', 'httpd-foreground': 'apache',
};

/** Programs that start another come before it: `tini -- sh -c "exec node server.js"`. */
const MAX_WORDS = 12;

/** The runtime of the first known program in a command; undefined where there is none. */
export function commandRuntime(command: string): string | undefined {
  for (const word of command.slice(0, 2_000).split(/[\s"',;&|[\]]+/, MAX_WORDS)) {
    const program = word.slice(word.lastIndexOf('/') + 1).toLowerCase().replace(/(?<=^python3)\.\d+$/, '');
    if (Object.hasOwn(PROGRAMS, program)) return PROGRAMS[program];
  }
  return undefined;
}
