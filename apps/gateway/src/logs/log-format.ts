import type { LogLine } from '@osiris/contracts';
import { logText } from '@osiris/contracts';

/** `text`: what was printed, a line feed after each line. `ndjson`: each line as a LogLine (https://github.com/ndjson/ndjson-spec). */
export type LogFormat = 'text' | 'ndjson';

export const LOG_TYPES: Record<LogFormat, string> = {
  text: 'text/plain; charset=utf-8',
  ndjson: 'application/x-ndjson; charset=utf-8',
};

/** Both forms have one line feed a line, and line `seq` is the seq-th: JSON writes a line feed within a text as `\n`. */
export function formatLines(lines: readonly LogLine[], format: LogFormat): string {
  return format === 'text' ? logText(lines) : lines.map((line) => `${JSON.stringify(line)}\n`).join('');
}
