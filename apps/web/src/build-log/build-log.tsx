import type { Build } from '@osiris/contracts';
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import { adviceFor } from '../api/advice';
import styles from './build-log.module.css';
import { textOfLines } from './copied-text';
import { LogScreenView } from './log-screen-view';
import { LogSearchField } from './log-search-field';
import { LogTools } from './log-tools';
import { type LineRange, readLineRange } from './line-range';
import { type Times, TIMES } from './line-time';
import { RowLayout } from './row-layout';
import { rowMeasures } from './row-measures';
import { useBuildLog } from './use-build-log';
import { useFolding } from './use-folding';
import { useKeptChoice } from './use-kept-choice';
import { useLogScreen } from './use-log-screen';
import { useLogSearch } from './use-log-search';
import { useMatchWalk } from './use-match-walk';
import { useScreenSize } from './use-screen-size';
import { useSpokenStep } from './use-spoken-step';

interface BuildLogProps {
  build: Pick<Build, 'id' | 'appId' | 'status' | 'failure'>;
  title?: string;
  /** Lines that an address names: brought into view, and marked. */
  chosen?: LineRange | null;
  /** A line was pointed at. Without it, its number leads to the log's own page. */
  onChoose?(range: LineRange | null): void;
  /** Where it went wrong, from 1, once that is known. */
  onFailedLine?(line: number): void;
  /** On a page of its own: as high as there is room. */
  whole?: boolean;
}

/** A build's log: follows what is written, in steps that fold, with search and links to lines. */
export function BuildLog({ build, title = 'Build log', chosen = null, onChoose, onFailedLine, whole = false }: BuildLogProps) {
  const ended = build.status !== 'pending' && build.status !== 'running';
  const { book, version, settled, error } = useBuildLog({ buildId: build.id, appId: build.appId, live: !ended });
  const [wrapping, setWrapping] = useKeptChoice('log.wrap', ['on', 'off'] as const, 'on');
  const [times, setTimes] = useKeptChoice<Times>('log.times', TIMES, 'none');
  const [typed, setTyped] = useState('');
  const section = useRef<HTMLElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const screen = useRef<HTMLDivElement>(null);
  const probe = useRef<HTMLSpanElement>(null);

  const size = useScreenSize(screen, probe);
  const folding = useFolding(ended);
  const goTo = typed.startsWith(':') ? readLineRange(`#L${typed.slice(1)}`) : null;
  const { search, progress, query } = useLogSearch(book, version, typed.startsWith(':') ? '' : typed);
  const measures = rowMeasures(size, book.store.count, times, wrapping === 'on');
  const layout = useMemo(() => new RowLayout(book, measures), [book, measures.columns, measures.headerPx, measures.linePx]);
  useMemo(() => layout.update(folding.isOpen), [layout, version, folding, ended]);
  const view = useLogScreen(screen, layout, size.heightPx, !ended && chosen === null);

  const unfold = (line: number): void => {
    const found = book.sectionOf(line);
    if (!found) return;
    if (found.step && !layout.isOpen(found)) folding.set(found, true);
    layout.update((one) => one === found || folding.isOpen(one));
    const row = layout.rowOf(line);
    if (row) view.show(row);
  };
  const walk = useMatchWalk({ search, progress, query, folding, layout, show: view.show });

  // Once its line is there, an address is gone to; a person who then scrolls is left alone.
  const reached = useRef<number | null>(null);
  const there = chosen !== null && book.store.count >= chosen.from;
  useEffect(() => {
    if (!chosen) reached.current = null;
    if (!chosen || !there || size.heightPx === 0 || reached.current === chosen.from) return;
    reached.current = chosen.from;
    unfold(chosen.from - 1);
  }, [chosen?.from, there, size.heightPx > 0]);

  // What went wrong is what one came for.
  const failed = build.failure?.stepId === undefined ? book.sections.find(({ step }) => step?.state === 'failed') : book.step(build.failure.stepId);
  const over = ended && settled;
  const failedLine = over && failed ? (failed.lines.length > 0 ? failed.lines.at(failed.lines.length - 1) : failed.first) + 1 : null;
  useEffect(() => {
    if (failedLine !== null) onFailedLine?.(failedLine);
  }, [failedLine]);
  useEffect(() => {
    if (!over || chosen) return;
    if (failed) view.show({ section: failed, offset: failed.lines.length - 1 }, 0.7);
    else view.setFollow(false);
  }, [over, failed === undefined]);

  const focusSearch = (): void => {
    field.current?.focus();
    field.current?.select();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'f') {
      event.preventDefault();
      focusSearch();
    }
  };
  useEffect(() => {
    if (!whole) return;
    const key = (event: globalThis.KeyboardEvent): void => {
      if (event.defaultPrevented || !(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'f') return;
      event.preventDefault();
      focusSearch();
    };
    window.addEventListener('keydown', key);
    return () => window.removeEventListener('keydown', key);
  }, [whole]);

  const onNext = (back: boolean): void => {
    if (!goTo) return walk.next(back);
    onChoose?.(goTo);
    unfold(goTo.from - 1);
  };
  const spoken = useSpokenStep(book, version, ended);
  const { count } = book.store;

  return (
    <section ref={section} className={styles.log} aria-label={title} data-live={!ended || undefined} data-whole={whole || undefined} onKeyDown={onKeyDown}>
      <div className={styles.bar}>
        <h2>{title}</h2>
        <span className={styles.count}>
          {count.toLocaleString('en')} {count === 1 ? 'line' : 'lines'}
        </span>
        <LogSearchField field={field} value={typed} told={goTo ? `line ${goTo.from.toLocaleString('en')}` : walk.told} onChange={setTyped} onNext={onNext} onLeave={() => screen.current?.focus()} />
      </div>
      <LogTools
        buildId={build.id}
        steps={book.stepCount > 0}
        wrap={wrapping === 'on'}
        times={times}
        follow={ended ? null : view.follow}
        whole={whole}
        copies={chosen ? (chosen.from === chosen.to ? `line ${chosen.from}` : `lines ${chosen.from} to ${chosen.to}`) : 'the whole log'}
        onFold={folding.setAll}
        onWrap={(wrap) => setWrapping(wrap ? 'on' : 'off')}
        onTimes={setTimes}
        onFollow={() => view.setFollow(!view.follow)}
        copied={() => textOfLines(book.store, chosen ?? { from: 1, to: count })}
      />
      <p role="status" className="visually-hidden">
        {spoken}
      </p>
      {count === 0 && (
        <p className={styles.empty}>
          {error && !(error.transient && !ended) ? `${error.message} ${adviceFor(error.code) ?? ''}` : ended ? settled ? 'Nothing was written.' : 'Reading…' : 'Waiting for the first line…'}
        </p>
      )}
      <LogScreenView
        {...{ book, layout, view, screen, probe, size, measures, times, chosen, ended, title, onChoose }}
        wrap={wrapping === 'on'}
        buildId={build.id}
        find={search.finder}
        current={walk.current}
        onToggle={(one) => {
          view.setFollow(false);
          view.hold();
          folding.set(one, !layout.isOpen(one));
        }}
        onEnd={() => view.setFollow(true)}
      />
    </section>
  );
}
