import styles from './watch.module.css';

export function WatchSkeleton() {
  return (
    <div className={styles.page} aria-busy="true">
      <div className={styles.head}>
        <h1 className={styles.bone}>
          <span className="visually-hidden">Loading the app</span>
        </h1>
      </div>
      <div className={styles.stage}>
        <div className={styles.emptyScreen} />
      </div>
    </div>
  );
}
