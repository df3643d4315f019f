import { plainText } from '../log-text/ansi';
import { LineText } from '../log-text/line-text';
import { formatDuration } from '../watch/duration';
import { useNow } from '../watch/use-now';
import type { Section, StepFacts, StepState } from './log-book';
import styles from './build-log.module.css';

interface StepHeaderProps {
  section: Section;
  step: StepFacts;
  open: boolean;
  /** The build has ended: nothing runs any more, whatever the log says. */
  ended: boolean;
  find: RegExp | null;
  current: boolean;
  /** A second one of the same step, at the screen's upper edge: not for who reads or tabs. */
  double?: boolean;
  onToggle(section: Section): void;
}

const WORDS: Record<StepState, string> = { running: 'running', done: 'done', cached: 'cached', failed: 'failed', canceled: 'canceled' };

/** A step: its number, name, state and time, and a click folds its lines. */
export function StepHeader({ section, step, open, ended, find, current, double = false, onToggle }: StepHeaderProps) {
  const state: StepState = ended && step.state === 'running' ? 'canceled' : step.state;
  const name = plainText(step.name);
  const empty = section.lines.length === 0;
  return (
    <div className={styles.step} data-state={state} data-current={current || undefined} data-step={double ? undefined : step.number} aria-hidden={double || undefined}>
      <button type="button" aria-expanded={empty ? undefined : open} data-empty={empty || undefined} tabIndex={double ? -1 : undefined} title={name} onClick={() => !empty && onToggle(section)}>
        <span className={styles.sign} aria-hidden="true" />
        <span className={styles.stepNumber} aria-hidden="true">
          {step.number}
        </span>
        <span className={styles.stepName}>
          <LineText text={name} find={find} />
        </span>
        <span className={styles.stepState}>{WORDS[state]}</span>
        <span className={styles.stepTime}>{step.durationMs !== null ? state !== 'cached' && formatDuration(step.durationMs) : !ended && <Ticking since={step.startedAt} />}</span>
      </button>
    </div>
  );
}

function Ticking({ since }: { since: number }) {
  const now = useNow(1_000);
  return <>{formatDuration(Math.max(0, Math.floor((now - since) / 1_000) * 1_000))}</>;
}
