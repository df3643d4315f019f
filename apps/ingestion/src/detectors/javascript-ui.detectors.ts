import type { Clue, Detector } from './detector';
import { importedIn, scriptIn } from './javascript-pages';

/** What a bundler puts into the page: many list it for development alone, as nothing of it is installed where the app runs. */
const bundled = (name: string): Clue => ({ package: `npm:${name}`, dev: true });
const installed = (name: string): Clue => ({ package: `npm:${name}` });

/** What is seen in the browser: frameworks, those that render pages on a server too, graphics and games. */
export const JAVASCRIPT_UI_DETECTORS: readonly Detector[] = [
  { tag: 'framework:react', some: [bundled('react'), scriptIn('react'), importedIn('react')], version: 'npm:react', confidence: 0.95 },
  { tag: 'framework:preact', some: [bundled('preact'), scriptIn('preact'), importedIn('preact')], version: 'npm:preact', confidence: 0.95 },
  { tag: 'framework:vue', some: [bundled('vue'), scriptIn('vue'), importedIn('vue')], version: 'npm:vue', confidence: 0.95 },
  { tag: 'framework:svelte', some: [bundled('svelte')], version: 'npm:svelte', confidence: 0.95 },
  { tag: 'framework:angular', some: [installed('@angular/core')], version: 'npm:@angular/core', confidence: 0.95 },
  { tag: 'framework:solid', some: [bundled('solid-js')], version: 'npm:solid-js', confidence: 0.95 },
  { tag: 'framework:lit', some: [bundled('lit'), bundled('lit-element'), importedIn('lit')], version: 'npm:lit', confidence: 0.95 },
  { tag: 'framework:alpine', some: [bundled('alpinejs'), scriptIn('alpinejs', 'alpine')], version: 'npm:alpinejs' },
  { tag: 'framework:htmx', some: [bundled('htmx.org'), scriptIn('htmx.org', 'htmx'), { glob: '**/htmx{,.min}.js' }, { package: 'pypi:django-htmx' }], version: 'npm:htmx.org' },
  { tag: 'framework:ember', some: [bundled('ember-source')], version: 'npm:ember-source', confidence: 0.95 },
  { tag: 'framework:qwik', some: [bundled('@builder.io/qwik'), bundled('@qwik.dev/core')], version: ['npm:@qwik.dev/core', 'npm:@builder.io/qwik'], confidence: 0.95 },
  { tag: 'framework:nextjs', some: [installed('next')], version: 'npm:next', contains: ['framework:react'], confidence: 0.95 },
  { tag: 'framework:nuxt', some: [bundled('nuxt'), bundled('nuxt3')], version: ['npm:nuxt', 'npm:nuxt3'], contains: ['framework:vue'], confidence: 0.95 },
  { tag: 'framework:sveltekit', some: [bundled('@sveltejs/kit')], version: 'npm:@sveltejs/kit', contains: ['framework:svelte'], confidence: 0.95 },
  {
    tag: 'framework:remix',
    some: [installed('@remix-run/react'), installed('@remix-run/node'), installed('@remix-run/serve')],
    version: ['npm:@remix-run/react', 'npm:@remix-run/node', 'npm:@remix-run/serve'],
    contains: ['framework:react'],
    confidence: 0.95,
  },
  {
    // Its packages for a framework: `react-router-dom` alone is what finds the page in an app of React.
    tag: 'framework:react-router',
    some: [bundled('@react-router/dev'), installed('@react-router/node'), installed('@react-router/serve'), { glob: 'react-router.config.{ts,js,mjs}' }],
    version: ['npm:@react-router/dev', 'npm:react-router'],
    contains: ['framework:react'],
  },
  {
    tag: 'framework:tanstack-start',
    some: [installed('@tanstack/react-start'), installed('@tanstack/solid-start'), installed('@tanstack/start')],
    version: ['npm:@tanstack/react-start', 'npm:@tanstack/solid-start', 'npm:@tanstack/start'],
    contains: ['framework:react', 'framework:solid'],
    confidence: 0.95,
  },
  { tag: 'framework:gatsby', some: [installed('gatsby')], version: 'npm:gatsby', contains: ['framework:react'], confidence: 0.95 },
  { tag: 'framework:astro', some: [bundled('astro')], version: 'npm:astro', confidence: 0.95 },
  { tag: 'framework:three', some: [bundled('three'), scriptIn('three'), importedIn('three')], version: 'npm:three' },
  { tag: 'framework:babylonjs', some: [bundled('@babylonjs/core'), bundled('babylonjs'), scriptIn('babylonjs', 'babylon'), importedIn('@babylonjs/core')], version: ['npm:@babylonjs/core', 'npm:babylonjs'] },
  { tag: 'framework:pixi', some: [bundled('pixi.js'), scriptIn('pixi.js', 'pixi'), importedIn('pixi.js')], version: 'npm:pixi.js' },
  { tag: 'framework:phaser', some: [bundled('phaser'), bundled('phaser-ce'), scriptIn('phaser', 'phaser-ce'), importedIn('phaser')], version: 'npm:phaser' },
  { tag: 'framework:p5', some: [bundled('p5'), scriptIn('p5'), importedIn('p5')], version: 'npm:p5' },
  { tag: 'framework:d3', some: [bundled('d3'), scriptIn('d3'), importedIn('d3')], version: 'npm:d3' },
  { tag: 'framework:electron', some: [bundled('electron')], version: 'npm:electron', confidence: 0.95 },
];
