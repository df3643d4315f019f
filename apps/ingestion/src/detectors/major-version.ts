/**
 * The major version that a requirement asks for at least: `15` of `^15.1.0`, `~> 15.0`, `>=15,<16`, `v15.1.0`, `15.x`;
 * with a leading zero the minor too (`0.4` of `~0.4.2`). Undefined for `latest`, `*`, a URL, or none.
 */
export function majorVersion(requirement: string | null): string | undefined {
  const text = requirement?.trim() ?? '';
  // `git+https://…#v1`, `file:../x`, `workspace:*`: which version that is, only a lock file knows. `npm:next@15` does tell.
  const alias = /^npm:.+@(.+)$/.exec(text)?.[1] ?? text.replace(/^workspace:/, '');
  if (/[/\\]|^[a-z+]+:/i.test(alias)) return undefined;
  // An upper bound alone does not say what it is.
  const [, major, minor] = /(?:^|[\s,|([=~^>v])v?(\d{1,6})(?:\.(\d{1,6}))?/i.exec(alias.replace(/(^|[\s,])(<=?|!=)\s*v?[\d.]+/g, ' ')) ?? [];
  if (major === undefined) return undefined;
  return major === '0' && minor !== undefined ? `0.${Number(minor)}` : String(Number(major));
}
