import type { App } from '@osiris/contracts';
import { Link } from 'react-router';
import { formatTag } from '../search/query-text';
import { ImagePanel } from '../builds/image-panel';
import { AppActions } from './app-actions';
import styles from './app-facts.module.css';
import { DockerfileFact } from './dockerfile-fact';
import { factsOf } from './facts';
import { IngestWarnings } from './ingest-warnings';
import { tagOrigin } from './tag-origin';

/** Beside the app: what it is, what is known of it, its tags, and what can be done with it. */
export function AppFacts({ app }: { app: App }) {
  return (
    <aside className={styles.facts} aria-label={`About ${app.name}`}>
      {app.description !== '' && <p className={styles.summary}>{app.description}</p>}
      <dl className={styles.list}>
        {factsOf(app).map(({ name, value, href, code }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd className={code ? styles.code : undefined}>
              {href ? (
                <a href={href} target="_blank" rel="noreferrer">
                  {value}
                </a>
              ) : (
                value
              )}
            </dd>
          </div>
        ))}
        <DockerfileFact app={app} />
      </dl>
      {app.tags.length > 0 && (
        <section aria-labelledby="tags-title">
          <h2 id="tags-title" className={styles.title}>
            Tags
          </h2>
          <ul className={styles.tags}>
            {app.tags.map((tag) => (
              <li key={`${tag.key}:${tag.value}`}>
                <Link to={`/?${new URLSearchParams({ q: formatTag(tag.key, tag.value) })}`} title={tagOrigin(tag)}>
                  <span className={styles.key}>{tag.key}:</span>
                  {tag.value}
                </Link>
              </li>
            ))}
          </ul>
        </section>
      )}
      {app.latestBuild && <ImagePanel build={app.latestBuild} billOfMaterials={app.billOfMaterials} />}
      <IngestWarnings warnings={app.ingestWarnings} />
      <AppActions app={app} />
    </aside>
  );
}
