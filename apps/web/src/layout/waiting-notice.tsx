import { Link } from 'react-router';
import styles from './waiting-notice.module.css';
import { useWaitingParts } from './use-waiting-parts';

/** One quiet line where a part of the hub is missing: what waits for it, and that it goes on by itself. */
export function WaitingNotice() {
  const [first, ...others] = useWaitingParts();
  return (
    <div role="status">
      {first && (
        <p className={styles.notice}>
          <strong>{first.title}</strong> {first.message}
          {others.length > 0 && ` And ${others.length} more.`} <Link to="/operations">See Operations</Link>
        </p>
      )}
    </div>
  );
}
