import type { Build } from '@osiris/contracts';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { appsApi } from '../api/apps.api';
import { buildsApi } from '../api/builds.api';
import { keys } from '../api/query-keys';
import { formatDuration } from '../watch/duration';
import { watchPath } from '../watch/watch-path';
import { waitingWords } from './build-words';
import styles from './build-notes.module.css';

/** Its place in the queue, or whose build it shares; nothing once it goes. */
export function WaitingNote({ build }: { build: Build }) {
  if (build.status !== 'pending') return null;
  return (
    <p className={styles.note} role="status">
      {build.watches ? <Watched id={build.watches} /> : <strong>{sentence(waitingWords(build))}</strong>}
    </p>
  );
}

function Watched({ id }: { id: string }) {
  const { data: watched } = useQuery({ queryKey: keys.build(id), queryFn: ({ signal }) => buildsApi.get(id, signal) });
  const { data: app } = useQuery({
    queryKey: keys.app(watched?.appId ?? ''),
    queryFn: ({ signal }) => appsApi.get(watched?.appId ?? '', signal),
    enabled: watched !== undefined,
  });
  return (
    <>
      <strong>
        Watches the build of {app ? <Link to={watchPath(app.slug)}>{app.name}</Link> : 'the same commit'}.
      </strong>{' '}
      The same commit is built there already; its <Link to={`/builds/${id}`}>end</Link> is shared.
    </>
  );
}

/** Nothing had to be built: which image was ready, and how long it took to find that out. */
export function ReusedNote({ build }: { build: Build }) {
  if (!build.reused) return null;
  return (
    <p className={styles.note}>
      Used the image that was <Link to={`/builds/${build.reused}`}>built for {build.commitSha.slice(0, 12)}</Link> – nothing had to be built
      {build.durationMs !== null && `, in ${formatDuration(build.durationMs)}`}.
    </p>
  );
}

const sentence = (words: string): string => `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
