import type { App } from '@osiris/contracts';
import { memo, useState } from 'react';
import { Cover } from './cover';

/** The app's own picture, else one drawn for it. Decoration: the name stands beside it. */
export const AppPicture = memo(function AppPicture({ name, slug, tags, media }: Pick<App, 'name' | 'slug' | 'tags' | 'media'>) {
  const [broken, setBroken] = useState(false);
  const picture = media.find(({ kind }) => kind === 'image');
  if (!picture || broken) return <Cover name={name} slug={slug} tags={tags} />;
  return <img src={picture.url} alt="" loading="lazy" decoding="async" referrerPolicy="no-referrer" onError={() => setBroken(true)} />;
});
