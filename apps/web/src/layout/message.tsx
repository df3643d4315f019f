import type { ReactNode } from 'react';
import { adviceFor } from '../api/advice';
import { ApiError } from '../api/api-error';
import styles from './message.module.css';

interface MessageProps {
  title: string;
  children: ReactNode;
  tone?: 'plain' | 'danger';
  level?: 1 | 2;
}

/** A place with nothing to show says why, and where to go from here. */
export function Message({ title, children, tone = 'plain', level = 2 }: MessageProps) {
  const Heading = level === 1 ? 'h1' : 'h2';
  return (
    <section className={styles.message} data-tone={tone} role={tone === 'danger' ? 'alert' : undefined}>
      <Heading>{title}</Heading>
      <div className={styles.body}>{children}</div>
    </section>
  );
}

interface ErrorMessageProps {
  title: string;
  error: unknown;
  onRetry?: () => void;
  level?: 1 | 2;
}

/** What went wrong while asking the hub, what would mend it, and a way to try again. */
export function ErrorMessage({ title, error, onRetry, level }: ErrorMessageProps) {
  const known = error instanceof ApiError ? error : null;
  const advice = known ? adviceFor(known.code) : null;
  return (
    <Message title={title} tone="danger" level={level}>
      <p>{known?.message ?? 'Something unexpected happened in this page.'}</p>
      {advice && <p>{advice}</p>}
      {known?.traceId && <p className={styles.trace}>Trace {known.traceId}</p>}
      {onRetry && (
        <button type="button" onClick={onRetry}>
          Try again
        </button>
      )}
    </Message>
  );
}
