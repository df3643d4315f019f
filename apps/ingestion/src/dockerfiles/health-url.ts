export interface HealthUrl {
  /** With a leading "/", without query. */
  path: string;
  /** Null where it is a variable that nothing is known of. */
  port: number | null;
}

/** In characters of the command. */
const MAX_LENGTH = 4_000;
/** The app itself, as seen from within its container. */
const OWN_ADDRESS = /(?:(https?):\/\/)?(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1?\]|\$\{?HOSTNAME\}?|\$\(hostname(?: -i)?\))(:\d{0,5})?((?:\/[^\s"'`|;&<>)\\]*)?)/gi;
const CHECKER = /\b(curl|wget|httpie|xh|fetch|urlopen|requests|http\.get|https\.get|http\.Get|Net::HTTP|file_get_contents|healthcheck)\b/i;

/** Where a health check's command asks the app whether it is well; undefined where it asks nothing over HTTP. */
export function healthUrl(command: string): HealthUrl | undefined {
  const text = command.slice(0, MAX_LENGTH);
  for (const [, scheme, port, path = ''] of text.matchAll(OWN_ADDRESS)) {
    if (scheme === undefined && !CHECKER.test(text)) continue;
    return { path: pathOf(path), port: port === undefined ? (scheme?.toLowerCase() === 'https' ? 443 : 80) : portOf(port.slice(1)) };
  }
  return undefined;
}

function pathOf(path: string): string {
  const plain = path.replace(/[?#].*$/, '').replace(/[,\]}]+$/, '');
  return plain === '' || /\$/.test(plain) ? '/' : plain;
}

/** A TCP port; null for what is none. */
export function portOf(text: string | number | undefined): number | null {
  const port = typeof text === 'number' ? text : /^\d{1,5}$/.test(text ?? '') ? Number(text) : Number.NaN;
  return Number.isInteger(port) && port >= 1 && port <= 65_535 ? port : null;
}
