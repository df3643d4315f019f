import type { Clue, Clues, Detector } from './detector';
import { BUILT_BESIDE_AN_APP, NO_SERVER_OF_ITS_OWN, SERVED_BY_A_FILE_SERVER } from './static-site-clues';

const listed = (name: string): Clue => ({ package: `npm:${name}`, dev: true });

/** Where it is not the app that the Dockerfile builds, it writes the app's documents. */
function site(config: Clues, dockerfile: RegExp): Clues {
  return { every: [config], some: [{ dockerfile }, { every: [config], none: BUILT_BESIDE_AN_APP }] };
}

const HUGO: Clues = {
  some: [
    { glob: 'hugo.{toml,yaml,yml,json}' },
    { glob: 'config/_default/{hugo,config}.{toml,yaml,yml}' },
    // The name that it had until 0.110 others use too: https://gohugo.io/configuration/introduction/
    { every: [{ pattern: /^[ \t]{0,10}["']?baseURL["']?[ \t]{0,10}[:=]/im, in: 'config.{toml,yaml,yml}' }], some: [{ glob: 'archetypes/*.md' }, { glob: 'content/**/*.md' }, { glob: 'layouts/**/*.html' }, { glob: 'themes/*/**' }, { file: '.gitmodules' }] },
  ],
};
const JEKYLL = site({
  some: [
    { package: 'gem:jekyll', dev: true },
    { package: 'gem:github-pages', dev: true },
    { every: [{ file: '_config.yml' }], some: [{ glob: '_posts/*.{md,markdown,html}' }, { glob: '_layouts/*.html' }, { glob: '_includes/*.html' }, { pattern: /^(?:remote_)?theme:\s/m, in: '_config.yml' }], none: [listed('hexo')] },
  ],
}, /jekyll/i);
const ELEVENTY: Clues = { some: [listed('@11ty/eleventy')] };
const HEXO: Clues = { some: [listed('hexo')] };
const DOCUSAURUS = site({ some: [listed('@docusaurus/core')] }, /docusaurus/i);
const VITEPRESS = site({ some: [listed('vitepress')] }, /vitepress|docs:build/i);
const VUEPRESS = site({ some: [listed('vuepress'), listed('@vuepress/core')] }, /vuepress|docs:build/i);
const MKDOCS = site({ some: [{ glob: 'mkdocs.{yml,yaml}' }] }, /mkdocs|properdocs/i);
const SPHINX = site(
  { some: [{ every: [{ pattern: /^(?:extensions|html_theme)\s{0,5}=/m, in: 'conf.py' }] }, { every: [{ package: 'pypi:sphinx', dev: true }, { dockerfile: /sphinx-build|sphinx-autobuild|\bmake\b[^\n]{0,80}\bhtml\b/ }] }] },
  /sphinx|\bmake\b[^\n]{0,80}\bhtml\b/i,
);
const PELICAN: Clues = { some: [{ package: 'pypi:pelican' }, { file: 'pelicanconf.py' }] };
const MDBOOK = site({ some: [{ every: [{ file: 'book.toml' }, { file: 'SUMMARY.md' }] }] }, /mdbook/i);
const ZOLA: Clues = {
  every: [{ pattern: /^[ \t]{0,10}base_url[ \t]{0,10}=/m, in: '{config,zola}.toml' }],
  some: [{ glob: 'content/**/_index.md' }, { dockerfile: /\bzola\b/i }, { every: [{ glob: 'content/**/*.md' }], none: BUILT_BESIDE_AN_APP }],
};
const GATSBY: Clues = { some: [{ package: 'npm:gatsby' }] };
/** Without what makes it answer requests: https://docs.astro.build/en/guides/on-demand-rendering/ */
const ASTRO: Clues = { some: [listed('astro')], none: [listed('@astrojs/node'), listed('@astrojs/vercel'), listed('@astrojs/cloudflare'), listed('@astrojs/netlify'), listed('astro-node')] };

/** What makes a site of files, once, before anyone asks for it. */
export const STATIC_SITES_DETECTORS: readonly Detector[] = [
  { tag: 'framework:hugo', ...HUGO },
  { tag: 'framework:jekyll', ...JEKYLL, version: 'gem:jekyll' },
  { tag: 'framework:eleventy', ...ELEVENTY, version: 'npm:@11ty/eleventy', confidence: 0.95 },
  { tag: 'framework:hexo', ...HEXO, version: 'npm:hexo', confidence: 0.95 },
  { tag: 'framework:docusaurus', ...DOCUSAURUS, version: 'npm:@docusaurus/core', contains: ['framework:react'], confidence: 0.95 },
  { tag: 'framework:vitepress', ...VITEPRESS, version: 'npm:vitepress', contains: ['framework:vue'] },
  { tag: 'framework:vuepress', ...VUEPRESS, version: 'npm:vuepress', contains: ['framework:vue'] },
  { tag: 'framework:mkdocs', ...MKDOCS, version: 'pypi:mkdocs' },
  { tag: 'framework:sphinx', ...SPHINX, version: 'pypi:sphinx' },
  { tag: 'framework:pelican', ...PELICAN, version: 'pypi:pelican' },
  { tag: 'framework:mdbook', ...MDBOOK },
  { tag: 'framework:zola', ...ZOLA },
  {
    tag: 'kind:static-site',
    some: [
      { some: [HUGO, JEKYLL, ELEVENTY, HEXO, DOCUSAURUS, VITEPRESS, VUEPRESS, MKDOCS, SPHINX, PELICAN, MDBOOK, ZOLA, GATSBY, ASTRO] },
      { every: [{ glob: 'index.{html,htm}' }, SERVED_BY_A_FILE_SERVER] },
    ],
    none: NO_SERVER_OF_ITS_OWN,
  },
];
