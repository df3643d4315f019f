import { Fragment } from 'react';
import { type AnsiStyle, parseAnsi, plainText } from './ansi';
import { coloursOf } from './ansi-colours';
import styles from './line-text.module.css';
import { cutByMatches, type Match } from './matches';

interface LineTextProps {
  text: string;
  /** In which the line before it ended. */
  start?: AnsiStyle;
  /** What is looked for, with the flags `gi`. */
  find?: RegExp | null;
}

const MARKS = ['bold', 'dim', 'italic', 'underline', 'strike', 'hidden'] as const;

/** The text of a line in its colours, with what is looked for marked. */
export function LineText({ text, start, find = null }: LineTextProps) {
  if (!text.includes('\u001b') && start === undefined) return <Marked text={plainText(text)} matches={matchesOf(plainText(text), find)} />;
  const { spans } = parseAnsi(text, start);
  const matches = matchesOf(spans.map((span) => span.text).join(''), find);
  let at = 0;
  return spans.map((span, index) => {
    const from = at;
    at += span.text.length;
    const own = matches.filter((match) => match.to > from && match.from < at).map((match) => ({ from: match.from - from, to: match.to - from }));
    const className = MARKS.filter((mark) => span.style[mark]).map((mark) => styles[mark]).join(' ');
    return (
      <span key={index} className={className || undefined} style={coloursOf(span.style)}>
        <Marked text={span.text} matches={own} />
      </span>
    );
  });
}

function Marked({ text, matches }: { text: string; matches: readonly Match[] }) {
  if (matches.length === 0) return <>{text}</>;
  return cutByMatches(text, matches).map(({ text: piece, matched }, index) =>
    matched ? <mark key={index} className={styles.match}>{piece}</mark> : <Fragment key={index}>{piece}</Fragment>,
  );
}

/** More in one line are not marked: a line of 16 kB may hold as many. */
const MARKED = 200;

function matchesOf(text: string, find: RegExp | null): Match[] {
  const found: Match[] = [];
  if (find === null) return found;
  for (const match of text.matchAll(find)) {
    found.push({ from: match.index, to: match.index + match[0].length });
    if (found.length === MARKED) break;
  }
  return found;
}
