import type { QueryProblem } from './query-problem';
import styles from './search-box.module.css';

export const PROBLEM_ID = 'search-problem';

/** Characters that are shown on either side of the place. */
const AROUND = 60;
const endOf = (text: string): string => (text.length > AROUND ? `…${text.slice(-AROUND)}` : text);
const beginOf = (text: string): string => (text.length > AROUND ? `${text.slice(0, AROUND)}…` : text);

/** What cannot be understood, with its place marked, quietly under the box: the results stay as they were. */
export function QueryProblemNote({ problem }: { problem: QueryProblem | null }) {
  return (
    <div role="status" aria-live="polite" id={PROBLEM_ID}>
      {problem && (
        <p className={styles.problem}>
          <code>
            {endOf(problem.before)}
            <mark>{beginOf(problem.wrong) || '\u00a0'}</mark>
            {beginOf(problem.after)}
          </code>
          <span>{problem.reason}</span>
        </p>
      )}
    </div>
  );
}
