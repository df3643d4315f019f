import type { App, Build, BuildFailure } from '@osiris/contracts';
import { Link } from 'react-router';
import { adviceFor } from '../api/advice';
import { plainText } from '../log-text/ansi';
import { LineText } from '../log-text/line-text';
import styles from '../watch/failure.module.css';
import { useAppActions } from '../watch/use-app-actions';
import { failureFacts } from './failure-facts';

interface BuildFailureProps {
  app: App;
  build: Build;
  /** Where in the log it went wrong, from 1; null where that is not known. */
  line: number | null;
}

/** Why a build failed: what happened, where, its last words, what would mend it, and whether the same again can help. */
export function BuildFailureCard({ app, build, line }: BuildFailureProps) {
  const { retry, build: again } = useAppActions(app);
  const { failure } = build;
  const error = failure ?? build.error;
  const canceled = build.status === 'canceled';
  const advice = adviceFor(error?.code ?? (canceled ? 'BUILD_CANCELED' : ''));
  // What failed for its own reasons does so again: either the repository changes, or the cache was to blame.
  const same = canceled || failure?.retryable === true || failure?.code === 'BASE_IMAGE_UNAVAILABLE';
  const refused = retry.error ?? again.error;
  const facts = failure ? failureFacts(failure) : [];

  return (
    <section className={styles.failure} role="alert" data-quiet={canceled || undefined}>
      <h2>{canceled ? 'The build was canceled' : 'The build failed'}</h2>
      {error && <p className={styles.what}>{plainText(error.message.replaceAll('\n', ' '))}</p>}
      {facts.length > 0 && (
        <dl className={styles.facts}>
          {facts.map(({ name, value }) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{plainText(value)}</dd>
            </div>
          ))}
        </dl>
      )}
      {failure?.lastLines && failure.lastLines.length > 0 && (
        <pre className={styles.lines} tabIndex={0} aria-label="Its last lines">
          {failure.lastLines.map((text, index) => (
            <div key={index}>
              <LineText text={text} />
            </div>
          ))}
        </pre>
      )}
      {advice && <p>{advice}</p>}
      {failure && <p>{againText(failure)}</p>}
      <div className={styles.actions}>
        {same && (
          <button type="button" disabled={again.isPending} onClick={() => again.mutate()} title="The same commit">
            Build again
          </button>
        )}
        <button type="button" className={same ? styles.second : undefined} disabled={retry.isPending} onClick={() => retry.mutate()} title="Fetches the repository again, and builds what is new">
          {retry.isPending ? 'Fetching…' : 'Fetch and build'}
        </button>
        {!same && (
          <button type="button" className={styles.second} disabled={again.isPending} onClick={() => again.mutate({ noCache: true })} title="The same commit, every step anew">
            Build without cache
          </button>
        )}
        {!canceled && <Link to={`/builds/${build.id}${line === null ? '' : `#L${line}`}`}>{line === null ? 'Its log' : `Line ${line.toLocaleString('en')} of the log`}</Link>}
        {error && <code className={styles.code}>{error.code}</code>}
      </div>
      {refused && <p className={styles.what}>{refused.message}</p>}
    </section>
  );
}

/** What to expect of the same build once more. A base image may be had by then, though nothing in the commit has changed. */
function againText({ code, retryable }: BuildFailure): string {
  if (code === 'BASE_IMAGE_UNAVAILABLE') return 'Once the image can be had, the same commit can be built.';
  return retryable ? 'The same build can succeed when it is tried again.' : 'Tried again, the same commit fails the same way.';
}
