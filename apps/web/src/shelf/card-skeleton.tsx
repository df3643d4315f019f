import styles from './app-card.module.css';

/** Takes exactly a card's room, so that nothing jumps when the card comes. */
export function CardSkeleton() {
  return (
    <div className={styles.card} data-skeleton aria-hidden="true">
      <div className={styles.stand}>
        <div className={styles.cover} />
      </div>
      <div className={styles.label}>
        <div className={styles.name}>
          <span className={styles.bone} style={{ width: '60%' }} />
        </div>
        <div className={styles.line}>
          <span className={styles.bone} style={{ width: '90%' }} />
        </div>
        <div className={styles.tags} />
      </div>
    </div>
  );
}
