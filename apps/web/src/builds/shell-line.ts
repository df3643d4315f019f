const PLAIN = /^[A-Za-z0-9_@%+=:,./-]+$/;

/** Words as a POSIX shell would take them apart again: what is not plain stands in single quotes. */
export function shellLine(words: readonly string[]): string {
  return words.map((word) => (PLAIN.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`)).join(' ');
}
