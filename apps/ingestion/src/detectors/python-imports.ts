import type { Clue } from './detector';

/** Where apps begin, whatever folder they are in. */
const ENTRIES = '{app,application,main,server,run,wsgi,asgi,api,web,index,bot,routes,views,dashboard,__init__,__main__,celery,streamlit_app}.py';
/** The files nearest to the root. What tests or installs the app needs things that the app is not made with. */
const NEAREST = '!(test_*|*_test|tests|conftest|setup|noxfile|manage|__init__).py';

/**
 * Python files that import the module: many an app says nowhere else what it needs than in a `RUN pip install` of its
 * Dockerfile. Imports within a function or an `if` are of what may be missing, and not told.
 */
export function imported(module: string): Clue[] {
  return seenInPython(`^(?:from|import)[ \\t]+${module.replaceAll('.', '\\.')}(?!\\w)`);
}

/** Python files that hold the pattern (source of a regular expression, `^` at the start of each line). */
export function seenInPython(source: string): Clue[] {
  const pattern = new RegExp(source, 'm');
  return [{ pattern, in: ENTRIES }, { pattern, in: NEAREST }];
}
