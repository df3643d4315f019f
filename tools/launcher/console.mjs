/**
 * What the launcher says. On a terminal, running steps share one live line at the bottom; elsewhere
 * (pipe, CI) each step prints plain lines, so that a log of the run reads well.
 */
const live = Boolean(process.stdout.isTTY) && !process.env.CI && process.env.TERM !== 'dumb';
const coloured = live && !process.env.NO_COLOR;
const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
/** A step that takes longer than this says that it is under way. */
const patienceMs = 2000;
const repeatMs = 15_000;

/** @type {Set<{ title: string, note: string, since: number }>} */
const running = new Set();
/** @type {NodeJS.Timeout | undefined} */
let ticker;
let frame = 0;
let drawn = false;

const paint = (/** @type {number} */ code) => (/** @type {string} */ text) => (coloured ? `\u001b[${code}m${text}\u001b[0m` : text);
export const bold = paint(1);
export const dim = paint(2);
export const red = paint(31);
export const green = paint(32);
export const yellow = paint(33);

// A closed terminal or pipe must not kill the launcher before it has stopped its children.
process.stdout.on('error', () => {});
process.stderr.on('error', () => {});

function erase() {
  if (drawn) process.stdout.write('\r\u001b[2K');
  drawn = false;
}

function draw() {
  erase();
  const late = [...running].filter((step) => Date.now() - step.since > patienceMs / 4);
  if (late.length === 0) return;
  const text = late.map((step) => `${step.title}${step.note ? ` (${step.note})` : ''} ${seconds(Date.now() - step.since)}`).join(' · ');
  const width = (process.stdout.columns ?? 80) - 3;
  process.stdout.write(`${frames[frame++ % frames.length]} ${text.slice(0, width)}`);
  drawn = true;
}

/** @param {number} ms */
export function seconds(ms) {
  return ms < 60_000 ? `${(ms / 1000).toFixed(1)} s` : `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1000)} s`;
}

/** Prints one line above the live one. @param {string} text */
export function say(text) {
  erase();
  process.stdout.write(`${text}\n`);
  if (live && running.size > 0) draw();
}

/** @param {string} text */
export function warn(text) {
  say(`${yellow('!')} ${text}`);
}

/** @param {string} text */
export function fail(text) {
  say(`${red('✗')} ${text}`);
}

/**
 * Runs one step and says how long it took; a step that takes over two seconds shows that it is under way.
 * @template T
 * @param {string} title
 * @param {(note: (text: string) => void) => Promise<T> | T} work `note` tells what the step is at
 * @param {{ done?: (value: T) => string | undefined, ok?: (value: T) => boolean }} [options] `done` may replace the closing text
 * @returns {Promise<T>} what `work` returned; what it throws is said and thrown on
 */
export async function step(title, work, options = {}) {
  const entry = { title, note: '', since: Date.now() };
  running.add(entry);
  if (live) ticker ??= setInterval(draw, 100);
  const plain = live ? undefined : plainProgress(entry);
  try {
    const value = await work((text) => (entry.note = text));
    running.delete(entry);
    const mark = options.ok?.(value) === false ? red('✗') : green('✓');
    say(`${mark} ${options.done?.(value) ?? title} ${dim(seconds(Date.now() - entry.since))}`);
    return value;
  } catch (error) {
    running.delete(entry);
    fail(`${title} ${dim(seconds(Date.now() - entry.since))}`);
    throw error;
  } finally {
    plain?.();
    if (running.size === 0) {
      clearInterval(ticker);
      ticker = undefined;
      erase();
    }
  }
}

/** @param {{ title: string, note: string, since: number }} entry */
function plainProgress(entry) {
  const tell = () => say(`… ${entry.title}${entry.note ? ` (${entry.note})` : ''}, ${seconds(Date.now() - entry.since)} so far`);
  /** @type {NodeJS.Timeout} */
  let timer = setTimeout(() => {
    tell();
    timer = setInterval(tell, repeatMs);
  }, patienceMs);
  return () => clearTimeout(timer);
}

/**
 * A failure whose message is meant for the person at the terminal: printed alone, without a stack.
 */
export class Complaint extends Error {
  /** @param {string} message @param {number} [exitCode] */
  constructor(message, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** Prints an error the way its kind deserves and returns the exit code for it. @param {unknown} error */
export function complain(error) {
  if (error instanceof Complaint) {
    fail(error.message);
    return error.exitCode;
  }
  fail(error instanceof Error ? (error.stack ?? error.message) : String(error));
  return 1;
}
