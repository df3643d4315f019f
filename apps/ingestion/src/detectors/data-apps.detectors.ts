import type { Clue, Detector } from './detector';
import { imported, seenInPython } from './python-imports';

/** https://huggingface.co/docs/hub/spaces-config-reference: the front matter of a Space's README names what runs it. */
function space(sdk: string): Clue {
  return { pattern: new RegExp(`^---\\r?\\n(?:(?!---)[^\\n]*\\n){0,60}?sdk:[ \\t]*["']?${sdk}\\b`), in: 'README.md' };
}

const SHINY_IN_R: Clue[] = [
  { pattern: /^[ \t]*(?:suppressPackageStartupMessages\()?(?:library|require)\([ \t]*["']?shiny["']?[ \t]*[,)]|\bshiny::(?:shinyApp|runApp|fluidPage|navbarPage)\b|\brhino::app\(/m, in: '{app,server,ui,global,run_app,app_ui,app_server}.R' },
  // An app kept as a package (golem, rhino): https://cran.r-project.org/doc/manuals/R-exts.html#The-DESCRIPTION-file
  { pattern: /^(?:Imports|Depends):(?:[^\n]*\n[ \t])*?[^\n]*\bshiny\b(?!\.)/m, in: 'DESCRIPTION' },
  { image: 'rocker/shiny' },
  { image: 'rocker/shiny-verse' },
  { image: 'openanalytics/r-shiny' },
];

const STREAMLIT: Clue[] = [{ package: 'pypi:streamlit' }, ...imported('streamlit'), space('streamlit')];
const GRADIO: Clue[] = [{ package: 'pypi:gradio' }, ...imported('gradio'), space('gradio')];
const DASH: Clue[] = [{ package: 'pypi:dash' }, ...imported('dash')];
const PANEL: Clue[] = [{ package: 'pypi:panel' }, ...imported('panel')];
const SHINY: Clue[] = [...SHINY_IN_R, { package: 'pypi:shiny' }, ...imported('shiny')];
const VOILA: Clue[] = [{ package: 'pypi:voila' }, { dockerfile: /^(?:CMD|ENTRYPOINT)[^\n]*[ "',]voila[ "',]/m }, { pattern: /^web:[^\n]*\bvoila\b/m, in: 'Procfile' }];
const MARIMO: Clue[] = [{ package: 'pypi:marimo' }, ...seenInPython('^app[ \\t]*=[ \\t]*marimo\\.App\\(')];
const CHAINLIT: Clue[] = [{ package: 'pypi:chainlit' }, ...imported('chainlit'), { file: 'chainlit.md' }];
/** Who has Panel in a frozen list has Bokeh, too; a server of Bokeh's own works on a document. */
const BOKEH: Clue[] = [{ every: [{ package: 'pypi:bokeh' }], none: [...PANEL, { package: 'pypi:distributed' }, { package: 'pypi:holoviews' }] }, ...imported('bokeh')];

/** Its plots are in pages of every framework; with a document they are an app of themselves. */
const BOKEH_SERVED: Clue[] = [...seenInPython('\\bcurdoc\\('), { dockerfile: /^(?:CMD|ENTRYPOINT)[^\n]*\bbokeh[ "',]{1,8}serve\b/m }];

const JUPYTER_STACKS = ['docker-stacks-foundation', 'base-notebook', 'minimal-notebook', 'scipy-notebook', 'r-notebook', 'julia-notebook', 'tensorflow-notebook', 'pytorch-notebook', 'datascience-notebook', 'pyspark-notebook', 'all-spark-notebook'];
const NOTEBOOK: Clue = { glob: '*.ipynb' };
/** Started as the app itself: by its image, or by the command of the Dockerfile. */
const JUPYTER_SERVED: Clue[] = [
  ...JUPYTER_STACKS.map((name) => ({ image: `jupyter/${name}` })),
  { image: 'jupyterhub/jupyterhub' },
  { image: 'jupyterhub/singleuser' },
  { package: 'pypi:jupyterhub' },
  { dockerfile: /^(?:CMD|ENTRYPOINT)[^\n]*\bjupyter(?:-|[ "',]{1,8})(?:lab|notebook|server|hub)\b/m },
];
/** An app that is served by one of these, or made in another language, keeps its notebooks for the people who work on it. */
const SERVED_OTHERWISE: Clue[] = [
  ...[...STREAMLIT, ...GRADIO, ...DASH, ...PANEL, ...SHINY, ...CHAINLIT],
  ...imported('flask'),
  ...imported('fastapi'),
  ...(['pypi:django', 'pypi:flask', 'pypi:fastapi', 'pypi:nicegui', 'pypi:reflex', 'pypi:litestar', 'pypi:sanic', 'pypi:gunicorn', 'pypi:uvicorn'] as const).map((name) => ({ package: name })),
  ...['package.json', 'go.mod', 'Cargo.toml', 'Gemfile', 'composer.json', 'pom.xml', 'build.gradle', 'build.gradle.kts', 'mix.exs'].map((file) => ({ file })),
];
/** Notebooks that nothing else serves. */
const NOTEBOOKS_ALONE: Clue = { every: [NOTEBOOK], none: SERVED_OTHERWISE };

/** What makes an app of data, a model or a notebook. */
export const DATA_APPS_DETECTORS: readonly Detector[] = [
  { tag: 'framework:streamlit', some: STREAMLIT, version: 'pypi:streamlit', confidence: 0.95 },
  { tag: 'framework:gradio', some: GRADIO, version: 'pypi:gradio', confidence: 0.95 },
  { tag: 'framework:dash', some: DASH, version: 'pypi:dash', confidence: 0.95 },
  { tag: 'framework:panel', some: PANEL, version: 'pypi:panel' },
  { tag: 'framework:shiny', some: SHINY, version: 'pypi:shiny' },
  { tag: 'framework:voila', some: VOILA, version: 'pypi:voila' },
  { tag: 'framework:marimo', some: MARIMO, version: 'pypi:marimo', confidence: 0.95 },
  { tag: 'framework:nicegui', some: [{ package: 'pypi:nicegui' }, ...imported('nicegui')], version: 'pypi:nicegui', confidence: 0.95 },
  { tag: 'framework:reflex', some: [{ package: 'pypi:reflex' }, { every: [{ file: 'rxconfig.py' }, { pattern: /^import[ \t]+reflex\b/m, in: 'rxconfig.py' }] }], version: 'pypi:reflex', confidence: 0.95 },
  { tag: 'framework:chainlit', some: CHAINLIT, version: 'pypi:chainlit', confidence: 0.95 },
  { tag: 'framework:bokeh', some: BOKEH, version: 'pypi:bokeh' },
  { tag: 'framework:jupyter', some: [...JUPYTER_SERVED, ...VOILA, NOTEBOOKS_ALONE], version: ['pypi:jupyterlab', 'pypi:notebook', 'pypi:jupyterhub'] },
  { tag: 'kind:data-app', some: [...STREAMLIT, ...GRADIO, ...DASH, ...PANEL, ...SHINY, ...VOILA, ...BOKEH_SERVED] },
  { tag: 'kind:notebook', some: [{ every: [NOTEBOOK], some: JUPYTER_SERVED }, ...VOILA, ...MARIMO, NOTEBOOKS_ALONE], confidence: 0.8 },
];
