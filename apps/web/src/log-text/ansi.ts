/**
 * The colours of a line of terminal output: SGR sequences (ECMA-48, 8.3.117, with the 256 colours and true colours of
 * ISO 8613-6) become spans, every other control sequence is dropped. Small enough to be our own: what packages offer
 * either writes HTML, or leaves links, titles and cursor moves of other sequences in the text.
 */
export interface AnsiStyle {
  /** 0–255: a colour of the palette; a string `#rrggbb`: a true colour. */
  fg?: number | string;
  bg?: number | string;
  bold?: boolean;
  dim?: boolean;
  italic?: boolean;
  underline?: boolean;
  strike?: boolean;
  inverse?: boolean;
  hidden?: boolean;
}

export interface AnsiSpan {
  text: string;
  style: AnsiStyle;
}

export const PLAIN: AnsiStyle = Object.freeze({});

/**
 * Control sequences: CSI (its final byte is captured with its parameters), the strings OSC, DCS, SOS, PM and APC up to their end or, where that
 * never comes, up to the end of the line, and other escapes. Each alternative consumes what it saw, so that no input is walked twice.
 */
const SEQUENCE = /(?:\u001b\[|\u009b)([0-?]*)[ -/]*([@-~])?|(?:\u001b[\]PX^_]|[\u0090\u0098\u009d-\u009f])[^\u0007\u001b\u009c]*(?:\u0007|\u001b\\|\u009c)?|\u001b[ -/]*[0-~]?/g;
// Bidirectional overrides and isolates too: with them a line could be made to read otherwise than it is.
const CONTROLS = /[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufeff]/g;
const ANY_CONTROL = /[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufeff]/;

/** A progress bar rewrites its line with carriage returns: only what it last said is shown. */
export function lastWritten(text: string): string {
  if (!text.includes('\r')) return text;
  const trimmed = text.replace(/\r+$/, '');
  return trimmed.slice(trimmed.lastIndexOf('\r') + 1);
}

/** What is read of a line: without its control sequences. */
export function plainText(text: string): string {
  const written = lastWritten(text);
  return ANY_CONTROL.test(written) ? written.replace(SEQUENCE, '').replace(CONTROLS, '') : written;
}

export interface AnsiLine {
  spans: AnsiSpan[];
  /** In which the next line goes on, where nothing reset it. */
  end: AnsiStyle;
}

/** Cuts a line into spans of one style each. @param start the style that the line before it left */
export function parseAnsi(text: string, start: AnsiStyle = PLAIN): AnsiLine {
  const written = lastWritten(text);
  const spans: AnsiSpan[] = [];
  let style = start;
  let from = 0;
  const push = (to: number): void => {
    const piece = written.slice(from, to).replace(CONTROLS, '');
    const last = spans.at(-1);
    if (piece === '') return;
    if (last?.style === style) last.text += piece;
    else spans.push({ text: piece, style });
  };
  for (const match of written.matchAll(SEQUENCE)) {
    push(match.index);
    from = match.index + match[0].length;
    if (match[2] === 'm') style = applySgr(style, match[1] ?? '');
  }
  push(written.length);
  return { spans, end: style };
}

const ON: Readonly<Record<number, Partial<AnsiStyle>>> = {
  1: { bold: true },
  2: { dim: true },
  3: { italic: true },
  4: { underline: true },
  7: { inverse: true },
  8: { hidden: true },
  9: { strike: true },
  21: { underline: true },
};

const OFF: Readonly<Record<number, readonly (keyof AnsiStyle)[]>> = {
  22: ['bold', 'dim'],
  23: ['italic'],
  24: ['underline'],
  27: ['inverse'],
  28: ['hidden'],
  29: ['strike'],
  39: ['fg'],
  49: ['bg'],
};

/** A style after the parameters of one SGR sequence. Unknown ones change nothing. */
export function applySgr(style: AnsiStyle, parameters: string): AnsiStyle {
  let next: AnsiStyle = style;
  const codes = parameters.split(';');
  for (let index = 0; index < codes.length; index++) {
    // `38:2::r:g:b` has its own parameters within; `38;2;r;g;b` takes those that follow.
    const [code = 0, ...own] = (codes[index] ?? '').split(':').map(Number);
    if (code === 0) next = PLAIN;
    else if (code === 4 && own[0] === 0) next = without(next, ['underline']);
    else if (ON[code]) next = { ...next, ...ON[code] };
    else if (OFF[code]) next = without(next, OFF[code]);
    else if (code >= 30 && code <= 37) next = { ...next, fg: code - 30 };
    else if (code >= 40 && code <= 47) next = { ...next, bg: code - 40 };
    else if (code >= 90 && code <= 97) next = { ...next, fg: code - 82 };
    else if (code >= 100 && code <= 107) next = { ...next, bg: code - 92 };
    else if (code === 38 || code === 48) {
      const rest = own.length > 0 ? own : codes.slice(index + 1, index + 5).map(Number);
      const { colour, used } = extendedColour(rest, own.length > 0);
      if (own.length === 0) index += used;
      if (colour !== null) next = { ...next, [code === 38 ? 'fg' : 'bg']: colour };
    }
  }
  return next;
}

function extendedColour(values: readonly number[], colons: boolean): { colour: number | string | null; used: number } {
  if (values[0] === 5) return { colour: isByte(values[1]) ? values[1] : null, used: 2 };
  if (values[0] !== 2) return { colour: null, used: 1 };
  // With colons a colour space may stand before the three; it is mostly empty.
  const rgb = colons && values.length > 4 ? values.slice(2, 5) : values.slice(1, 4);
  return { colour: rgb.length === 3 && rgb.every(isByte) ? `#${rgb.map((value) => value.toString(16).padStart(2, '0')).join('')}` : null, used: 4 };
}

const isByte = (value: number | undefined): value is number => value !== undefined && Number.isInteger(value) && value >= 0 && value <= 255;

function without(style: AnsiStyle, names: readonly (keyof AnsiStyle)[]): AnsiStyle {
  const next = { ...style };
  for (const name of names) delete next[name];
  return next;
}
