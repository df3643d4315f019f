import { portOf } from './health-url';

/** In characters of the command. */
const MAX_LENGTH = 4_000;
/** Options and addresses in which servers are told their port, those that say most first. */
const TOLD: readonly RegExp[] = [
  // --port 8000, --port=8000, --server.port=8501, --http-port 80, -Dserver.port=8080
  /(?:--|-D|\s)(?:[a-z]+[.-]){0,3}port[= ]"?(\d{1,5})\b/i,
  // -b 0.0.0.0:8000, --bind=[::]:8000, --listen :80, -l tcp://0.0.0.0:3000, --addr :8080, --server.address=:80
  /(?:^|\s)-{1,2}(?:b|l|a|H|S|bind|listen|addr|address|host|http|server[.-]address|bind-addr|http-addr|listen-address)[= ]?"?(?:[a-z]+:\/\/)?(?:[\w.*-]+|\[[\da-f:]*\])?:(\d{1,5})\b/i,
  // -l 3000 of `serve`, -p 3000
  /(?:^|\s)-[plP][= ]?(\d{2,5})\b/,
  // python -m http.server 8000, manage.py runserver 8000
  /\b(?:http\.server|SimpleHTTPServer|runserver)\s+(?:[\w.*-]+:|\[[\da-f:]*\]:)?(\d{1,5})\b/,
  // uvicorn.run-like addresses anywhere: 0.0.0.0:8000
  /(?:^|[\s="'/])(?:0\.0\.0\.0|\*|\[::\]|):(\d{2,5})\b/,
];

/** Server → the port on which it listens where nothing else is said. */
const BY_ITSELF: readonly (readonly [RegExp, number])[] = [
  [/\bstreamlit run\b/, 8501], [/\bflask\b.*\brun\b/, 5000], [/\b(uvicorn|gunicorn|hypercorn|daphne|litestar run|sanic)\b/, 8000], [/\bfastapi (run|dev)\b/, 8000],
  [/\bhttp\.server\b/, 8000], [/\brunserver\b/, 8000], [/\bmkdocs serve\b/, 8000], [/\bjupyter\b/, 8888], [/\bvoila\b/, 8866], [/\bpanel serve\b/, 5006], [/\bbokeh serve\b/, 5006],
  [/\bmarimo (run|edit)\b/, 2718], [/\bchainlit run\b/, 8000], [/\bartisan serve\b/, 8000], [/\boctane\b/, 8000], [/\b(rails|puma|thin)\b/, 3000], [/\brackup\b/, 9292], [/\bjekyll serve\b/, 4000],
  [/\bhugo (server|serve)\b/, 1313], [/\b(next|nuxt|remix-serve|react-router-serve) ?(start|dev|preview)?\b/, 3000], [/\bvite preview\b/, 4173], [/\bastro (preview|dev)\b/, 4321],
  [/\bng serve\b/, 4200], [/(^|\s|\/)serve\s/, 3000], [/\bhttp-server\b/, 8080], [/\bcatalina\.sh\b/, 8080], [/\bnginx\b/, 80], [/\b(apache2|httpd)(-foreground)?\b/, 80], [/\bcaddy run\b/, 80],
  [/\bphx\.server\b/, 4000],
];

/** The port that a command line gives its server; undefined where it gives none. */
export function portToldBy(command: string): number | undefined {
  return firstOf(TOLD.map((pattern) => pattern.exec(command.slice(0, MAX_LENGTH))?.[1]));
}

/** The port of a server that is known by its command. */
export function portUsualFor(command: string): number | undefined {
  const text = command.slice(0, MAX_LENGTH);
  return BY_ITSELF.find(([pattern]) => pattern.test(text))?.[1];
}

function firstOf(ports: readonly (string | undefined)[]): number | undefined {
  return ports.map((port) => portOf(port)).find((port) => port !== null) ?? undefined;
}
