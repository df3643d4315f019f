import { useEffect, useState } from 'react';
import { useConnection } from '../events/events.provider';
import styles from './connection-badge.module.css';

/** A blink of the connection is nobody's concern. */
const SHOW_AFTER_MS = 800;

/** Says that the page is not live at the moment and that it is mending that by itself. */
export function ConnectionBadge() {
  const away = useConnection() === 'reconnecting';
  const [shown, setShown] = useState(false);

  useEffect(() => {
    const timer = setTimeout(() => setShown(away), away ? SHOW_AFTER_MS : 0);
    return () => clearTimeout(timer);
  }, [away]);

  return (
    <div role="status" className={styles.place}>
      {shown && (
        <span className={styles.badge}>
          <span className={styles.dot} aria-hidden="true" />
          Reconnecting to the hub… What you see may be a moment old.
        </span>
      )}
    </div>
  );
}
