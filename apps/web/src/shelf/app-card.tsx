import type { App, Highlight } from '@osiris/contracts';
import { memo, useContext } from 'react';
import { watchPath } from '../watch/watch-path';
import { CARD_LINK } from '../search/focus-targets';
import { Highlighted } from '../search/highlighted';
import { formatTag } from '../search/query-text';
import styles from './app-card.module.css';
import { AppPicture } from './app-picture';
import { appState } from './app-state';
import { cardTags, needsKey } from './card-tags';
import { LaunchingContext } from './launching';
import { StateDot } from './state-dot';

const NONE: readonly Highlight[] = [];

interface AppCardProps {
  app: App;
  highlights?: readonly Highlight[];
}

/** One app on the shelf. Its links are plain ones: the field of cards around it follows them. */
export const AppCard = memo(function AppCard({ app, highlights = NONE }: AppCardProps) {
  const state = appState(app);
  const rangesOf = (field: string): Highlight['ranges'] => highlights.find((one) => one.field === field)?.ranges ?? [];
  const line = app.description === '' ? { text: app.slug, field: 'slug' } : { text: app.description, field: 'description' };

  return (
    <article className={styles.card} data-state={state.tone}>
      <div className={styles.stand}>
        <div className={styles.cover}>
          <AppPicture name={app.name} slug={app.slug} tags={app.tags} media={app.media} />
        </div>
        {state.launchable && <LaunchButton id={app.id} slug={app.slug} name={app.name} />}
      </div>
      <div className={styles.label}>
        <h3 className={styles.name}>
          <a {...CARD_LINK} data-app-id={state.launchable ? app.id : undefined} data-slug={app.slug} href={watchPath(app.slug)}>
            <Highlighted text={app.name} ranges={rangesOf('name')} />
          </a>
          <StateDot state={state} />
        </h3>
        <p className={styles.line}>
          <Highlighted text={line.text} ranges={rangesOf(line.field)} />
        </p>
        <ul className={styles.tags} aria-label="Tags">
          {cardTags(app.tags, highlights).map(({ key, value, ranges }) => (
            <li key={`${key}:${value}`}>
              <a href={`/?${new URLSearchParams({ q: formatTag(key, value) })}`} tabIndex={-1} title={`${key}:${value}`}>
                <span>
                  {needsKey(value) && `${key} `}
                  <Highlighted text={value} ranges={ranges} />
                </span>
              </a>
            </li>
          ))}
        </ul>
        <LaunchFailure id={app.id} />
      </div>
    </article>
  );
});

function LaunchButton({ id, slug, name }: { id: string; slug: string; name: string }) {
  const launching = useContext(LaunchingContext);
  const pending = launching?.pendingId === id;
  return (
    <button type="button" className={styles.launch} aria-label={`Launch ${name}`} disabled={pending} onClick={() => launching?.launch(id, slug)}>
      {pending ? 'Launching…' : 'Launch'}
    </button>
  );
}

function LaunchFailure({ id }: { id: string }) {
  const failed = useContext(LaunchingContext)?.failed;
  return failed?.appId === id ? (
    <p className={styles.error} role="alert">
      {failed.message}
    </p>
  ) : null;
}
