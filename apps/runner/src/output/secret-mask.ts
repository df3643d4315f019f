/** Values shorter than this are words ("on", "3000", "debug") rather than secrets: masking them would garble the log. */
const SHORTEST = 6;
const MASK = '***';

export type SecretMask = (text: string) => string;

/** Takes the values of a launch's variables out of what its app prints, as far as they stand there as they were given. */
export function secretMask(env: Readonly<Record<string, string>>): SecretMask {
  const secrets = Object.values(env)
    .flatMap((value) => value.split('\n'))
    .map((line) => line.trim())
    .filter((line) => line.length >= SHORTEST)
    .sort((a, b) => b.length - a.length);
  const unique = [...new Set(secrets)];
  if (unique.length === 0) return (text) => text;
  return (text) => unique.reduce((masked, secret) => masked.replaceAll(secret, MASK), text);
}

/** The variables that were given at launch: what the container has beyond its image's own. */
export function givenEnv(container: Readonly<Record<string, string>>, image: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(container).filter(([name, value]) => image[name] !== value));
}
