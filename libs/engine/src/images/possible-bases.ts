const FROM = /^from\s+(?:--\S+\s+)*(\S+)/i;

/**
 * Every name that some builder could take for an image in `FROM`, `COPY --from` or `RUN --mount=from`, as it is written,
 * quotes taken off. Builders differ in what they take for a heredoc, a comment within an instruction or a keyword over two
 * lines, and a Dockerfile can be written to be read otherwise than by `dockerfileStages`: here nothing is left out, so there
 * are names among these that no builder looks at.
 */
export function possibleBases(text: string): string[] {
  return instructionLike(text).flatMap((line) => {
    const unquoted = line.replace(/["']/g, '');
    const from = FROM.exec(unquoted)?.[1];
    const flags = [...unquoted.matchAll(/--(?:from|mount)=(\S+)/gi)].flatMap(([flag, value = '']) => (/^--from/i.test(flag) ? value : fromOption(value)));
    return from === undefined ? flags : [from, ...flags];
  });
}

/** Whether a `FROM` may have a variable that `dockerfileStages`, which knows of so many, has not put a value in. */
export function hasHiddenVariable(text: string, known: number): boolean {
  // A heredoc that ends with an escape: its last line and the next one would be read as one.
  if (/<<-?[ \t]{0,9}\S{0,200}[\\`](?![ \t]{0,9}\r?$)/m.test(text)) return true;
  return instructionLike(text).filter((line) => FROM.exec(line)?.[1]?.includes('$')).length > known;
}

/** Lines as they are once comments and empty lines are gone and what an escape continues is joined, whichever the escape. */
function instructionLike(text: string): string[] {
  return text
    .replace(/^\ufeff/, '')
    .split(/\r\n|\r|\n/)
    .filter((line) => line.trim() !== '' && !line.trimStart().startsWith('#'))
    .join('\n')
    .replace(/[\\`][ \t]*\n/g, '')
    .split('\n')
    .map((line) => line.trim().replace(/^(onbuild\s+)+/i, ''));
}

function fromOption(mount: string): string[] {
  return mount.split(',').flatMap((option) => /^\s*from=(.+)$/i.exec(option)?.[1] ?? []);
}
