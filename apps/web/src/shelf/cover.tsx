import type { Tag } from '@osiris/contracts';
import { memo, useId, useMemo } from 'react';
import { CoverArt } from './cover-art';
import { coverModel } from './cover-model';
import { mainTagOf } from './main-tags';

interface CoverProps {
  name: string;
  tags: readonly Tag[];
}

/** A picture drawn from the app's name and main tag; always the same for the same app. */
export const Cover = memo(function Cover({ name, tags }: CoverProps) {
  const id = useId();
  const mainTag = mainTagOf(tags);
  const model = useMemo(() => coverModel(name, mainTag), [name, mainTag]);
  const { deep, ground, light } = model.palette;
  return (
    <svg viewBox="0 0 320 200" preserveAspectRatio="xMidYMid slice" aria-hidden="true" focusable="false">
      <defs>
        <linearGradient id={`${id}ground`} gradientTransform={`rotate(${model.angle} 0.5 0.5)`}>
          <stop offset="0" stopColor={ground} />
          <stop offset="1" stopColor={deep} />
        </linearGradient>
        <linearGradient id={`${id}shade`} x1="0" y1="1" x2="0.6" y2="0">
          <stop offset="0" stopColor={deep} stopOpacity="0.8" />
          <stop offset="0.7" stopColor={deep} stopOpacity="0" />
        </linearGradient>
      </defs>
      <rect width="320" height="200" fill={`url(#${id}ground)`} />
      <g fill="none" stroke={light} strokeWidth="1.6" opacity="0.75">
        <CoverArt model={model} />
      </g>
      <rect width="320" height="200" fill={`url(#${id}shade)`} />
      <text x="20" y="178" fill="#fffaf0" fontFamily="var(--font-title)" fontSize="64" letterSpacing="1">
        {model.monogram}
      </text>
    </svg>
  );
});
