import { type ReactNode, useEffect, useId, useRef } from 'react';
import styles from './dialog.module.css';

interface ConfirmDialogProps {
  title: string;
  children: ReactNode;
  /** What the button that goes through with it says. */
  action: string;
  /** `calm`: nothing is lost by it. */
  tone?: 'danger' | 'calm';
  onConfirm(): void;
  onClose(): void;
}

/** Asks before something that cannot be taken back, or that costs a while. Mount it to ask; Esc and "Keep it" say no. */
export function ConfirmDialog({ title, children, action, tone = 'danger', onConfirm, onClose }: ConfirmDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();

  useEffect(() => {
    const element = dialog.current;
    if (!element?.open) element?.showModal();
  }, []);

  return (
    <dialog
      ref={dialog}
      className={styles.dialog}
      aria-labelledby={titleId}
      onClose={(event) => {
        if (event.currentTarget.returnValue === 'confirm') onConfirm();
        onClose();
      }}
    >
      <h2 id={titleId}>{title}</h2>
      <div className={styles.body}>{children}</div>
      <form method="dialog" className={styles.actions}>
        <button type="submit" value="keep" className={styles.plain} autoFocus>
          Keep it
        </button>
        <button type="submit" value="confirm" className={tone === 'danger' ? styles.danger : styles.calm}>
          {action}
        </button>
      </form>
    </dialog>
  );
}
