import { formatDuration } from './duration';
import type { Phase, PhaseState } from './phases';
import styles from './phase-list.module.css';
import { useNow } from './use-now';

const SPOKEN: Record<PhaseState, string> = {
  waiting: 'not yet',
  active: 'under way',
  done: 'done',
  failed: 'failed',
  canceled: 'canceled',
};

/** The way from an address to a running app, with how long each step took or is taking. */
export function PhaseList({ phases }: { phases: readonly Phase[] }) {
  return (
    <ol className={styles.phases} aria-label="Progress">
      {phases.map((phase) => (
        <li key={phase.name} className={styles.phase} data-state={phase.state} aria-current={phase.state === 'active' ? 'step' : undefined}>
          <span className={styles.sign} aria-hidden="true" />
          <span className={styles.title}>
            {phase.title}
            <span className="visually-hidden">, {SPOKEN[phase.state]}</span>
          </span>
          <span className={styles.time}>
            {phase.durationMs !== null ? formatDuration(phase.durationMs) : phase.state === 'active' && phase.since && <Elapsed since={phase.since} />}
          </span>
          <span className={styles.note}>{phase.note}</span>
        </li>
      ))}
    </ol>
  );
}

function Elapsed({ since }: { since: string }) {
  const now = useNow(100);
  // The hub's clock and this machine's may differ a little.
  return <>{formatDuration(Math.max(0, now - Date.parse(since)))}</>;
}
