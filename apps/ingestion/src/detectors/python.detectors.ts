import type { Clue, Detector, PackageName } from './detector';
import { imported, seenInPython } from './python-imports';

/**
 * A frozen list (`pip freeze`, `uv pip compile`) names what a package needs beside what the app does: there only an import
 * tells that the app uses it, too.
 */
function required(name: PackageName, ...bringing: PackageName[]): Clue {
  return { every: [{ package: name }], none: bringing.map((one) => ({ package: one })) };
}

const ON_FASTAPI = ['pypi:gradio', 'pypi:chainlit', 'pypi:nicegui', 'pypi:reflex'] as const;
const ON_TORNADO = ['pypi:streamlit', 'pypi:bokeh', 'pypi:panel', 'pypi:voila', 'pypi:jupyter', 'pypi:jupyterlab', 'pypi:notebook', 'pypi:jupyter-server', 'pypi:jupyterhub', 'pypi:ipykernel', 'pypi:distributed', 'pypi:flower'] as const;
const ON_SQLALCHEMY = ['pypi:reflex', 'pypi:langchain', 'pypi:langchain-community', 'pypi:mlflow', 'pypi:optuna', 'pypi:apache-airflow', 'pypi:jupyterhub', 'pypi:llama-index'] as const;

/** Web frameworks of Python, and what apps on them are built with: https://pypi.org/classifiers/ "Framework ::" and their own documentation. */
export const PYTHON_DETECTORS: readonly Detector[] = [
  { tag: 'framework:django', some: [{ package: 'pypi:django' }, { pattern: /DJANGO_SETTINGS_MODULE/, in: 'manage.py' }], version: 'pypi:django', confidence: 0.95 },
  {
    tag: 'framework:flask',
    some: [required('pypi:flask', 'pypi:dash', 'pypi:mlflow'), ...imported('flask')],
    version: 'pypi:flask',
    confidence: 0.95,
  },
  {
    tag: 'framework:fastapi',
    some: [required('pypi:fastapi', ...ON_FASTAPI), ...imported('fastapi')],
    version: 'pypi:fastapi',
    contains: ['framework:starlette'],
    confidence: 0.95,
  },
  {
    tag: 'framework:starlette',
    some: [{ package: 'pypi:starlette' }, ...imported('starlette')],
    // Who writes with FastAPI, or what stands on it, imports Starlette's middleware and calls it FastAPI's.
    none: [{ package: 'pypi:fastapi' }, ...imported('fastapi'), ...ON_FASTAPI.map((one) => ({ package: one })), { package: 'pypi:shiny' }, { package: 'pypi:marimo' }, { package: 'pypi:mcp' }],
    version: 'pypi:starlette',
  },
  { tag: 'framework:tornado', some: [required('pypi:tornado', ...ON_TORNADO), ...imported('tornado.web'), ...seenInPython('^from[ \\t]+tornado[ \\t]+import[^\\n]*\\bweb\\b')], version: 'pypi:tornado' },
  {
    // Most who need the package are its HTTP client's users.
    tag: 'framework:aiohttp',
    some: [...imported('aiohttp.web'), ...seenInPython('^from[ \\t]+aiohttp[ \\t]+import[^\\n]*\\bweb\\b'), { package: 'pypi:aiohttp-jinja2' }, { package: 'pypi:aiohttp-cors' }, { package: 'pypi:aiohttp-session' }],
    version: 'pypi:aiohttp',
  },
  { tag: 'framework:sanic', some: [{ package: 'pypi:sanic' }, ...imported('sanic')], version: 'pypi:sanic', confidence: 0.95 },
  { tag: 'framework:pyramid', some: [{ package: 'pypi:pyramid' }, ...imported('pyramid')], version: 'pypi:pyramid', confidence: 0.95 },
  { tag: 'framework:bottle', some: [{ package: 'pypi:bottle' }, ...imported('bottle')], version: 'pypi:bottle', confidence: 0.95 },
  { tag: 'framework:litestar', some: [{ package: 'pypi:litestar' }, { package: 'pypi:starlite' }, ...imported('litestar')], version: 'pypi:litestar', confidence: 0.95 },
  { tag: 'framework:django-rest-framework', some: [{ package: 'pypi:djangorestframework' }], version: 'pypi:djangorestframework', confidence: 0.95 },
  { tag: 'framework:wagtail', some: [{ package: 'pypi:wagtail' }], version: 'pypi:wagtail', confidence: 0.95 },
  { tag: 'framework:celery', some: [required('pypi:celery', 'pypi:apache-airflow', 'pypi:apache-superset'), ...imported('celery')], version: 'pypi:celery', confidence: 0.95 },
  { tag: 'tool:sqlalchemy', some: [required('pypi:sqlalchemy', ...ON_SQLALCHEMY), { package: 'pypi:flask-sqlalchemy' }, ...imported('sqlalchemy')], confidence: 0.95 },
];
