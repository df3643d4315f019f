import { useEffect, useRef, useState } from 'react';
import { readable } from './log-lines';
import { LogLine } from './log-line';
import { logPath } from './log-path';
import styles from './log-view.module.css';
import { type LogSource, useLog } from './use-log';

interface LogViewProps extends LogSource {
  title: string;
}

/** More lines than one reads in a page; the whole log is a link away. */
const SHOWN = 1_500;
const AT_END_PX = 24;

/** A log that follows what is written to it, until its reader scrolls up to look at something. */
export function LogView({ title, ...source }: LogViewProps) {
  const lines = readable(useLog(source));
  const [follow, setFollow] = useState(true);
  const screen = useRef<HTMLDivElement>(null);
  const from = Math.max(0, lines.length - SHOWN);

  useEffect(() => {
    if (follow && screen.current) screen.current.scrollTop = screen.current.scrollHeight;
  }, [follow, lines.length]);

  const onScroll = (): void => {
    const element = screen.current;
    if (element) setFollow(element.scrollHeight - element.scrollTop - element.clientHeight < AT_END_PX);
  };

  return (
    <section className={styles.log} aria-label={title} data-live={source.live || undefined}>
      <div className={styles.bar}>
        <h2>{title}</h2>
        <span className={styles.count}>{lines.length.toLocaleString('en')} {lines.length === 1 ? 'line' : 'lines'}</span>
        <button type="button" aria-pressed={follow} onClick={() => setFollow(!follow)}>
          Follow
        </button>
        <a href={logPath(source.kind, source.id)} target="_blank" rel="noreferrer">
          Whole log
        </a>
      </div>
      <div ref={screen} className={styles.screen} tabIndex={0} role="log" aria-live="off" aria-label={`${title}, lines`} onScroll={onScroll}>
        {lines.length === 0 && <p className={styles.empty}>{source.live ? 'Waiting for the first line…' : 'Nothing was written.'}</p>}
        {from > 0 && <p className={styles.empty}>{from === 1 ? '1 earlier line is' : `${from.toLocaleString('en')} earlier lines are`} in the whole log.</p>}
        {lines.slice(from).map((text, index) => (
          <LogLine key={from + index} number={from + index + 1} text={text} />
        ))}
      </div>
    </section>
  );
}
