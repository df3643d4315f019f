import type { Tag } from '@osiris/contracts';
import { memo, useMemo } from 'react';
import { DRAWINGS } from './cover-art';
import { GLYPHS } from './cover-glyphs';
import { coverModel } from './cover-model';
import { mainTagOf } from './main-tags';

interface CoverProps {
  name: string;
  slug: string;
  tags: readonly Tag[];
}

/** A picture drawn from the app's name, slug and main tag; always the same for the same app. */
export const Cover = memo(function Cover({ name, slug, tags }: CoverProps) {
  const model = useMemo(() => coverModel({ name, slug }, mainTagOf(tags)), [name, slug, tags]);
  const { ground, deep, light } = model.colours;
  return (
    <svg viewBox="0 0 320 200" preserveAspectRatio="xMidYMid slice" aria-hidden="true" focusable="false">
      <rect width="320" height="200" fill={ground} />
      {DRAWINGS[model.composition](model)}
      <circle cx="286" cy="34" r="22" fill={deep} />
      <path d={GLYPHS[model.glyph]} transform="translate(274 22)" fill="none" stroke={light} strokeWidth="2" strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  );
});
