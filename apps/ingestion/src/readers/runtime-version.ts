/** Where the minor version is what people say: `3.12` of Python, `1.22` of Go. Of others it is the major version. */
const WITH_MINOR = new Set(['python', 'go', 'php', 'ruby', 'elixir', 'rust', 'r', 'julia', 'swift', 'perl', 'dart', 'crystal', 'haskell']);
/** There is but one major version of these that anybody runs: alone it says nothing. */
const ONE_MAJOR: Readonly<Record<string, string>> = { python: '3', go: '1', rust: '1', elixir: '1', julia: '1', crystal: '1' };
/** What serves files has versions that tell nothing of the app. */
const UNVERSIONED = new Set(['nginx', 'apache', 'caddy']);

/** https://github.com/nodejs/Release#release-schedule */
const NODE_CODENAMES: Readonly<Record<string, string>> = {
  argon: '4', boron: '6', carbon: '8', dubnium: '10', erbium: '12', fermium: '14', gallium: '16', hydrogen: '18', iron: '20', jod: '22', krypton: '24',
};

const MAX_LENGTH = 100;

/**
 * A runtime's version as its people say it, of a requirement, an image's tag or a version file's line: `3.12` of
 * `>=3.12,<4`, `20` of `v20.11.1`, `lts/iron` and `20-alpine3.19`. Of a range the least. Undefined where none is said.
 */
export function runtimeVersion(runtime: string, written: string): string | undefined {
  if (UNVERSIONED.has(runtime)) return undefined;
  const text = written.slice(0, MAX_LENGTH).trim().toLowerCase();
  const codename = runtime === 'node' ? /^(?:lts\/)?([a-z]+)(?:-|$)/.exec(text)?.[1] : undefined;
  if (codename !== undefined) return Object.hasOwn(NODE_CODENAMES, codename) ? NODE_CODENAMES[codename] : undefined;
  // An upper bound, or what is excluded, does not say what it is.
  const bounds = text.replace(/(<=?|!=)\s*v?[\d.]+(\.\*)?/g, ' ');
  const [, major, minor] = /(?:^|[^\d.])(\d{1,3})(?![\d])(?:\.(\d{1,3})(?!\d))?/.exec(bounds) ?? [];
  if (major === undefined) return undefined;
  const one = Object.hasOwn(ONE_MAJOR, runtime) ? ONE_MAJOR[runtime] : undefined;
  // A date, or the version of something else.
  if (one !== undefined && (major !== one || minor === undefined)) return undefined;
  // Java 8 was called 1.8.
  if (runtime === 'java' && major === '1') return minor === undefined ? undefined : String(Number(minor));
  return WITH_MINOR.has(runtime) && minor !== undefined ? `${Number(major)}.${Number(minor)}` : String(Number(major));
}
