import type { App, FoundApp, Highlight } from '@osiris/contracts';
import { Link } from 'react-router';
import { watchPath } from '../watch/watch-path';
import { CARD_LINK } from '../search/focus-targets';
import { Highlighted } from '../search/highlighted';
import { formatTag } from '../search/query-text';
import styles from './app-card.module.css';
import { AppPicture } from './app-picture';
import { appState } from './app-state';
import { tellingTags } from './main-tags';
import { StateDot } from './state-dot';
import { useLaunch } from './use-launch';

const TAGS_SHOWN = 3;

export function AppCard({ app }: { app: App | FoundApp }) {
  const launch = useLaunch();
  const state = appState(app);
  const highlights = 'highlights' in app ? app.highlights : [];
  const rangesOf = (field: string): Highlight['ranges'] => highlights.find((one) => one.field === field)?.ranges ?? [];

  return (
    <article className={styles.card} data-state={state.tone}>
      <div className={styles.stand}>
        <div className={styles.cover}>
          <AppPicture app={app} />
        </div>
        {state.launchable && (
          <button
            type="button"
            className={styles.launch}
            aria-label={`Launch ${app.name}`}
            disabled={launch.isPending}
            onClick={() => launch.mutate({ appId: app.id, slug: app.slug })}
          >
            {launch.isPending ? 'Launching…' : 'Launch'}
          </button>
        )}
      </div>
      <div className={styles.label}>
        <h3 className={styles.name}>
          <Link {...CARD_LINK} data-app-id={state.launchable ? app.id : undefined} data-slug={app.slug} to={watchPath(app.slug)}>
            <Highlighted text={app.name} ranges={rangesOf('name')} />
          </Link>
          <StateDot state={state} />
        </h3>
        <p className={styles.line}>
          {app.description === '' ? app.slug : <Highlighted text={app.description} ranges={rangesOf('description')} />}
        </p>
        <CardTags app={app} />
        {launch.isError && (
          <p className={styles.error} role="alert">
            {launch.error.message}
          </p>
        )}
      </div>
    </article>
  );
}

function CardTags({ app }: { app: App }) {
  const tags = tellingTags(app.tags, TAGS_SHOWN);
  return (
    <ul className={styles.tags} aria-label="Tags">
      {tags.map(({ key, value }) => (
        <li key={`${key}:${value}`}>
          <Link to={`/?${new URLSearchParams({ q: formatTag(key, value) })}`} tabIndex={-1} title={`${key}:${value}`}>
            {value}
          </Link>
        </li>
      ))}
    </ul>
  );
}
