import { type CSSProperties, type KeyboardEvent, type MouseEvent, type RefObject, useCallback, useLayoutEffect, useRef } from 'react';
import styles from './build-log.module.css';
import { extendTo, type LineRange, writeLineRange } from './line-range';
import { formatLineTime, TIME_LETTERS, type Times } from './line-time';
import type { LogBook, Section } from './log-book';
import { LogRow } from './log-row';
import type { Row, RowLayout } from './row-layout';
import type { LogMeasures } from './row-measures';
import { StepHeader } from './step-header';
import type { LogScreen } from './use-log-screen';
import type { ScreenSize } from './use-screen-size';

interface LogScreenViewProps {
  book: LogBook;
  layout: RowLayout;
  view: LogScreen;
  screen: RefObject<HTMLDivElement | null>;
  probe: RefObject<HTMLSpanElement | null>;
  size: ScreenSize;
  measures: LogMeasures;
  times: Times;
  wrap: boolean;
  chosen: LineRange | null;
  find: RegExp | null;
  current: Row | null;
  ended: boolean;
  title: string;
  buildId: string;
  onChoose?(range: LineRange | null): void;
  onToggle(section: Section): void;
  onEnd(): void;
}

/** Drawn beyond the screen on either side, so that scrolling does not outrun the drawing. */
const BEYOND_PX = 400;

/** The rows that are on the screen, and no others: a log may have a million. */
export function LogScreenView(props: LogScreenViewProps) {
  const { book, layout, view, screen, probe, size, measures, times, wrap, chosen, find, current, ended, title, buildId, onChoose, onToggle, onEnd } = props;
  const first = layout.rowAt(Math.max(0, view.top - BEYOND_PX));
  const rows = first && size.heightPx > 0 ? [...layout.rowsFrom(first, view.top + size.heightPx + BEYOND_PX)] : [];
  const upper = layout.rowAt(view.top);
  useFocusKept(screen);

  const latest = useRef({ chosen, onChoose });
  latest.current = { chosen, onChoose };
  const onNumber = useCallback((number: number, event: MouseEvent): void => {
    if (!latest.current.onChoose || event.metaKey || event.ctrlKey || event.altKey) return;
    event.preventDefault();
    latest.current.onChoose(event.shiftKey ? extendTo(latest.current.chosen, number) : { from: number, to: number });
  }, []);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'End' || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    onEnd();
  };

  const style = {
    '--log-digits': measures.digits,
    '--log-time': TIME_LETTERS[times],
    '--log-line': `${measures.linePx}px`,
    '--log-header': `${measures.headerPx}px`,
    '--log-widest': wrap ? 0 : book.store.widest,
  } as CSSProperties;
  return (
    <div ref={screen} className={styles.screen} style={style} tabIndex={0} role="log" aria-live="off" aria-label={`${title}, lines`} onScroll={view.onScroll} onKeyDown={onKeyDown}>
      <span ref={probe} className={styles.probe} aria-hidden="true">
        {'0'.repeat(100)}
      </span>
      {upper?.section.step && upper.offset >= 0 && (
        <div className={styles.pinned}>
          <StepHeader double section={upper.section} step={upper.section.step} open ended={ended} find={find} current={false} onToggle={onToggle} />
        </div>
      )}
      <div className={styles.sizer} style={{ height: view.sizerPx }} data-wrap={wrap || undefined}>
        <div className={styles.window} style={{ top: first ? view.scrollTop + layout.topOf(first) - view.top : 0 }}>
          {rows.map(({ section, offset }) => {
            const isCurrent = current?.section === section && current.offset === offset;
            if (offset < 0) {
              return section.step && <StepHeader key={`step ${section.index}`} section={section} step={section.step} open={layout.isOpen(section)} ended={ended} find={find} current={isCurrent} onToggle={onToggle} />;
            }
            const index = section.lines.at(offset);
            const number = index + 1;
            return (
              <LogRow
                key={number}
                number={number}
                text={book.store.text(index)}
                start={book.startOf(index)}
                stream={book.store.stream(index)}
                time={formatLineTime(times, book.store.since(index), book.store.at(index))}
                href={`/builds/${buildId}${writeLineRange({ from: number, to: number })}`}
                apart={section.step === null && offset === 0 && section.index > 0}
                chosen={chosen !== null && number >= chosen.from && number <= chosen.to}
                current={isCurrent}
                find={find}
                onNumber={onNumber}
              />
            );
          })}
        </div>
      </div>
    </div>
  );
}

/** A header that had the focus and was scrolled out of the drawing leaves it to the screen, not to the page. */
function useFocusKept(screen: RefObject<HTMLElement | null>): void {
  const inside = useRef(false);
  useLayoutEffect(() => {
    if (inside.current && document.activeElement === document.body) screen.current?.focus({ preventScroll: true });
    inside.current = screen.current?.contains(document.activeElement) ?? false;
  });
}
