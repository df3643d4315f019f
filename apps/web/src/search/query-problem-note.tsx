import type { QueryProblem } from './query-problem';
import styles from './search-box.module.css';

export const PROBLEM_ID = 'search-problem';

/** What cannot be understood, with its place marked, quietly under the box: the results stay as they were. */
export function QueryProblemNote({ problem }: { problem: QueryProblem | null }) {
  return (
    <div role="status" aria-live="polite" id={PROBLEM_ID}>
      {problem && (
        <p className={styles.problem}>
          <code>
            {problem.before}
            <mark>{problem.wrong || '\u00a0'}</mark>
            {problem.after}
          </code>
          <span>{problem.reason}</span>
        </p>
      )}
    </div>
  );
}
