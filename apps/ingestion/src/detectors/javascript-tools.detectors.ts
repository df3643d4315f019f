import type { Clue, Detector } from './detector';
import { PAGES } from './javascript-pages';

/** What builds an app is listed for development, or not, as its authors like it. */
const listed = (name: string): Clue => ({ package: `npm:${name}`, dev: true });
const installed = (name: string): Clue => ({ package: `npm:${name}` });

/** What builds, styles and holds together apps of JavaScript, and what speaks to their databases. */
export const JAVASCRIPT_TOOLS_DETECTORS: readonly Detector[] = [
  { tag: 'tool:vite', some: [listed('vite'), listed('rolldown-vite')], confidence: 0.95 },
  { tag: 'tool:webpack', some: [listed('webpack'), { glob: 'webpack.{config,common,base,dev,prod}{,.*}.{js,cjs,mjs,ts}' }] },
  { tag: 'tool:parcel', some: [listed('parcel'), listed('parcel-bundler')], confidence: 0.95 },
  { tag: 'tool:esbuild', some: [listed('esbuild'), { package: 'hex:esbuild', dev: true }] },
  { tag: 'tool:rollup', some: [listed('rollup'), { glob: 'rollup.config.{js,cjs,mjs,ts}' }] },
  { tag: 'tool:turborepo', some: [listed('turbo'), { file: 'turbo.json' }], confidence: 0.95 },
  { tag: 'tool:nx', some: [listed('nx'), listed('@nrwl/workspace'), { file: 'nx.json' }], confidence: 0.95 },
  {
    tag: 'tool:tailwindcss',
    some: [
      listed('tailwindcss'),
      listed('@tailwindcss/vite'),
      listed('@tailwindcss/postcss'),
      listed('@nuxtjs/tailwindcss'),
      { glob: 'tailwind.config.{js,cjs,mjs,ts}' },
      { pattern: /<script\b[^>]{0,120}?\bsrc=["']?https?:\/\/(?:cdn\.tailwindcss\.com|[^"'\s>]{1,100}\/@tailwindcss\/browser)/i, in: PAGES },
      { package: 'gem:tailwindcss-rails' },
      { package: 'pypi:django-tailwind' },
      { package: 'hex:tailwind', dev: true },
    ],
  },
  { tag: 'tool:prisma', some: [listed('prisma'), installed('@prisma/client'), { file: 'prisma/schema.prisma' }], confidence: 0.95 },
  { tag: 'tool:drizzle', some: [installed('drizzle-orm')], confidence: 0.95 },
  { tag: 'tool:typeorm', some: [installed('typeorm'), installed('@nestjs/typeorm')], confidence: 0.95 },
  { tag: 'tool:sequelize', some: [installed('sequelize'), installed('sequelize-typescript')], confidence: 0.95 },
  { tag: 'tool:mongoose', some: [installed('mongoose'), installed('@nestjs/mongoose')], confidence: 0.95 },
  { tag: 'tool:storybook', some: [listed('storybook'), listed('@storybook/react'), listed('@storybook/vue3'), listed('@storybook/react-vite'), listed('@storybook/nextjs'), listed('@storybook/angular')] },
];
