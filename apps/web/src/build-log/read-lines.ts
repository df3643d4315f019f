import type { LogLine } from '@osiris/contracts';

/** Cuts arriving text into lines, keeping the unfinished one for later. */
export function createLineCutter(): (text: string) => string[] {
  let rest = '';
  return (text) => {
    const parts = (rest + text).split('\n');
    rest = parts.pop() ?? '';
    return parts;
  };
}

/** A line of `application/x-ndjson`; null where it is none. */
export function readLine(json: string): LogLine | null {
  try {
    const value = JSON.parse(json) as Partial<LogLine> | null;
    return typeof value?.seq === 'number' && typeof value.text === 'string' ? (value as LogLine) : null;
  } catch {
    return null;
  }
}
