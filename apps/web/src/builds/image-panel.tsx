import type { App, Build } from '@osiris/contracts';
import { formatAgo, formatBytes } from '../watch/duration';
import { useNow } from '../watch/use-now';
import { CopyButton } from './copy-button';
import { imageFactsOf } from './image-facts';
import styles from './image-panel.module.css';

interface ImagePanelProps {
  build: Build;
  billOfMaterials?: App['billOfMaterials'];
}

/** What was built: its image as configured, on what, and what is in it. */
export function ImagePanel({ build: { image, completedAt }, billOfMaterials }: ImagePanelProps) {
  const now = useNow(60_000);
  if (!image && !billOfMaterials) return null;
  return (
    <section className={styles.panel} aria-labelledby="image-title">
      <h2 id="image-title">{image ? 'Image' : 'Contents'}</h2>
      {image?.removedAt && (
        <p className={styles.removed}>
          Removed by housekeeping <time dateTime={image.removedAt}>{formatAgo(image.removedAt, now)}</time>. Build again to launch it.
        </p>
      )}
      <dl>
        {image &&
          imageFactsOf(image).map(({ name, value, code, warn, copy }, index) => (
            <div key={`${name} ${index}`} data-warn={warn || undefined}>
              <dt>{name}</dt>
              <dd className={code ? styles.code : undefined}>
                {value} {copy && <CopyButton text={copy} name={name.toLowerCase()} />}
              </dd>
            </div>
          ))}
        {image && completedAt && (
          <div>
            <dt>Built</dt>
            <dd>
              <time dateTime={completedAt} title={new Date(completedAt).toLocaleString()}>
                {formatAgo(completedAt, now)}
              </time>
            </dd>
          </div>
        )}
        {billOfMaterials && (
          <div>
            <dt>Made of</dt>
            <dd>
              <a href={billOfMaterials.url} target="_blank" rel="noreferrer">
                Bill of materials
              </a>{' '}
              (CycloneDX, {formatBytes(billOfMaterials.bytes)})
            </dd>
          </div>
        )}
      </dl>
    </section>
  );
}
