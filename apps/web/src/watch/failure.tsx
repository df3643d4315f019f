import type { App } from '@osiris/contracts';
import { adviceFor } from '../api/advice';
import styles from './failure.module.css';
import { LastLines } from './last-lines';
import type { Stage } from './phases';
import { useAppActions } from './use-app-actions';

interface FailureProps {
  app: App;
  stage: Extract<Stage, 'ingest-failed' | 'launch-failed'>;
}

const TITLES = {
  'ingest-failed': 'The repository could not be read',
  'launch-failed': 'It did not come up',
};

/** The lines after it are the app's output, which is shown below as such. */
const firstLine = (message: string): string => message.split('\n')[0] ?? '';

/** What happened, its last words, what would mend it, and the button for after it is mended. */
export function Failure({ app, stage }: FailureProps) {
  const { retry } = useAppActions(app);
  const error = { 'ingest-failed': app.ingestError, 'launch-failed': app.latestLaunch?.error }[stage];
  const advice = adviceFor(error?.code ?? '');
  const failed = retry.error;

  return (
    <section className={styles.failure} role="alert">
      {/* One that had answered did come up. */}
      <h2>{stage === 'launch-failed' && app.latestLaunch?.startedAt ? 'It went down' : TITLES[stage]}</h2>
      {error && <p className={styles.what}>{stage === 'launch-failed' ? firstLine(error.message) : error.message}</p>}
      {stage === 'ingest-failed' && app.commitSha !== null && <p>Name, tags and pictures are those of its last good version, commit {app.commitSha.slice(0, 12)}.</p>}
      {stage === 'launch-failed' && app.latestLaunch && <LastLines kind="launch" id={app.latestLaunch.id} appId={app.id} />}
      {advice && <p>{advice}</p>}
      <div className={styles.actions}>
        {stage !== 'launch-failed' && (
          <button type="button" disabled={retry.isPending} onClick={() => retry.mutate()}>
            {retry.isPending ? 'Retrying…' : 'Retry'}
          </button>
        )}
        {error && <code className={styles.code}>{error.code}</code>}
      </div>
      {failed && <p className={styles.what}>{failed.message}</p>}
    </section>
  );
}
