import type { App } from '@osiris/contracts';
import { memo, useState } from 'react';
import { Cover } from './cover';

/** The first of the app's own pictures that can be had, else one drawn for it. Decoration: the name stands beside it. */
export const AppPicture = memo(function AppPicture({ name, slug, tags, media }: Pick<App, 'name' | 'slug' | 'tags' | 'media'>) {
  const [broken, setBroken] = useState<readonly string[]>([]);
  const picture = media.find(({ kind, url }) => kind === 'image' && !broken.includes(url));
  if (!picture) return <Cover name={name} slug={slug} tags={tags} />;
  return <img src={picture.url} alt="" loading="lazy" decoding="async" referrerPolicy="no-referrer" onError={() => setBroken((urls) => [...urls, picture.url])} />;
});
