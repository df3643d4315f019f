/** Without colours: for a message that is no terminal. */
export function plainText(text: string): string {
  return text.replace(/\u001b\[[0-9;?]*[A-Za-z]/g, '').trim();
}

/** Says that something went wrong, not what: passed over. */
const EMPTY_WORDS: readonly RegExp[] = [
  /^npm (ERR!|error) *$/,
  /^npm (ERR!|error) (code|errno|syscall|path|command|A complete log|Log files|Lifecycle script|in workspace|at location|\{|\}|    )/,
  /^(ERROR|error): *$/,
];

/**
 * How tools say what is wrong, most telling first. Within one kind the first line counts, since the later ones follow
 * from it; of a Python exception the line is its last.
 */
const TELLING: readonly RegExp[] = [
  /^npm (?:ERR!|error) (?!code\b|errno\b|syscall\b)\S/,
  // Python: `ModuleNotFoundError: No module named 'x'`, at the beginning of its line.
  /^(?:[A-Za-z_][\w.]*\.)?[A-Z]\w*(?:Error|Exception)(?:: |$)/,
  // apt, pip, git, cargo, gcc, tsc, go, make, sh
  /^E: \S/,
  /^ERROR: \S/,
  /^(?:fatal|error)(?:\[E\d+\])?: \S/i,
  /^\S+[:(]\d+(?:[:,]\d+\)?)?:? (?:fatal )?error\b/i,
  /^✘? ?\[ERROR\] \S/,
  /^(?:\/bin\/)?\S*sh: (?:\d+: |line \d+: |can't )?\S.*(?:not found|No such file|denied|syntax error|can't open)/i,
  /^(?:Error|panic|FATAL)\b.*\S/,
  /\b(?:error|cannot|failed|not found|no such|denied|refused|unable to)\b/i,
];

const EXCEPTION = 1;

/** The line of a failed command's output that says what is wrong; the last one where none says it better. Without colours. */
export function telling(lines: readonly string[]): string | undefined {
  const texts = lines.map(plainText).filter((text) => text !== '' && !EMPTY_WORDS.some((words) => words.test(text)));
  for (const [kind, says] of TELLING.entries()) {
    const found = kind === EXCEPTION ? texts.findLast((text) => says.test(text)) : texts.find((text) => says.test(text));
    if (found !== undefined) return found;
  }
  return texts.at(-1);
}
