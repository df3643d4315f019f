import { memo, type MouseEvent } from 'react';
import type { AnsiStyle } from '../log-text/ansi';
import { LineText } from '../log-text/line-text';
import styles from './build-log.module.css';

interface LogRowProps {
  /** From 1. */
  number: number;
  text: string;
  start: AnsiStyle | undefined;
  stream: string;
  time: string | null;
  href: string;
  /** The first of no step after one. */
  apart: boolean;
  chosen: boolean;
  current: boolean;
  find: RegExp | null;
  onNumber(number: number, event: MouseEvent): void;
}

/** A line with its number, which links to it. */
export const LogRow = memo(function LogRow({ number, text, start, stream, time, href, apart, chosen, current, find, onNumber }: LogRowProps) {
  return (
    <div className={styles.line} data-line={number} data-stream={stream} data-apart={apart || undefined} data-chosen={chosen || undefined} data-current={current || undefined}>
      {/* Not for the Tab key: there may be a million. ":12" in the search field does the same. */}
      <a className={styles.number} href={href} tabIndex={-1} aria-label={`Line ${number}`} onClick={(event) => onNumber(number, event)}>
        {number}
      </a>
      {time !== null && <span className={styles.time}>{time}</span>}
      <span className={styles.text}>
        <LineText text={text} start={start} find={find} />
      </span>
    </div>
  );
});
