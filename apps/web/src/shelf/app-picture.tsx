import type { App } from '@osiris/contracts';
import { useState } from 'react';
import { Cover } from './cover';

/** The app's own picture, else one drawn for it. Decoration: the name stands beside it. */
export function AppPicture({ app }: { app: Pick<App, 'name' | 'tags' | 'media'> }) {
  const [broken, setBroken] = useState(false);
  const picture = app.media.find(({ kind }) => kind === 'image');
  if (!picture || broken) return <Cover name={app.name} tags={app.tags} />;
  return <img src={picture.url} alt="" loading="lazy" decoding="async" referrerPolicy="no-referrer" onError={() => setBroken(true)} />;
}
