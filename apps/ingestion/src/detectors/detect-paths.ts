import picomatch from 'picomatch';
import { isOfTheApp } from '../readers/app-folders';
import type { Repository } from '../readers/reader';

/** In characters. Nobody's configuration lies at a longer path, and the time a glob takes grows with it. */
const MAX_PATH = 500;
const MAGIC = /[*?[\]{}()!+@]/;
/** `*.vue`, `*.{html,html.erb}`: the files that may fit are those with these extensions. */
const EXTENSIONS = /\.(?:(\w+)|\{([\w.]+(?:,[\w.]+)*)\})$/;

/** Pages that a server fills. Django, Flask, Go and Spring keep them in `templates`, which elsewhere are those of other projects. */
const VIEW = /\.(?:html?|gohtml|tmpl|j2|jinja2?|ejs|hbs|pug|twig|tera|erb)$/i;
const TEMPLATES = /(^|\/)templates?(?=\/)/gi;

const known = new WeakMap<Repository, AppPaths>();

/** Every clue asks again: the index is made once for a repository. */
export function appPaths(repository: Repository): AppPaths {
  const paths = known.get(repository) ?? new AppPaths(repository);
  known.set(repository, paths);
  return paths;
}

/** The paths that tell something of the app, found by name, or by glob without trying it on all of them. */
export class AppPaths {
  private readonly all: string[] = [];
  private readonly byName = new Map<string, string[]>();
  private readonly byExtension = new Map<string, string[]>();
  private readonly byGlob = new Map<string, readonly string[]>();

  constructor({ files, dockerfilePath }: Repository) {
    for (const { path } of files) {
      if (path.length > MAX_PATH || !isOfTheApp(VIEW.test(path) ? path.replace(TEMPLATES, '$1views') : path, dockerfilePath)) continue;
      const name = nameOf(path);
      this.all.push(path);
      push(this.byName, name, path);
      push(this.byExtension, lastExtension(name), path);
    }
  }

  /** Paths that are `file`, or end with it below a folder; nearest to the root first, in any case. */
  named(file: string): readonly string[] {
    const wanted = `/${file.toLowerCase()}`;
    return (this.byName.get(nameOf(file)) ?? []).filter((path) => `/${path.toLowerCase()}`.endsWith(wanted));
  }

  /** Paths that fit the glob, at the root or below any folder of the app; nearest to the root first, in any case. */
  fitting(glob: string): readonly string[] {
    const before = this.byGlob.get(glob);
    if (before) return before;
    const candidates = this.candidates(glob);
    const fits = candidates.length === 0 ? undefined : matcher(glob);
    const found = fits ? candidates.filter((path) => fits(path)) : [];
    this.byGlob.set(glob, found);
    return found;
  }

  private candidates(glob: string): readonly string[] {
    const name = nameOf(glob);
    // A brace may hold a "/": what follows the last one is no name then.
    if (MAGIC.test(glob) && (glob.match(/\{/g)?.length ?? 0) > (name.match(/\{/g)?.length ?? 0)) return this.all;
    if (!MAGIC.test(name)) return this.byName.get(name) ?? [];
    const [, one, several] = EXTENSIONS.exec(name) ?? [];
    const extensions = (one ?? several)?.split(',').map(lastExtension);
    if (extensions === undefined) return this.all;
    return extensions.length === 1 ? (this.byExtension.get(extensions[0] ?? '') ?? []) : this.inOrder(new Set(extensions));
  }

  private inOrder(extensions: ReadonlySet<string>): readonly string[] {
    return this.all.filter((path) => extensions.has(lastExtension(path).toLowerCase()));
  }
}

/** Compiled once: the globs are those of the detectors, a few hundred. */
const matchers = new Map<string, (path: string) => boolean>();

function matcher(glob: string): (path: string) => boolean {
  const compiled = matchers.get(glob) ?? picomatch(glob.includes('/') ? [glob, `**/${glob}`] : `**/${glob}`, { nocase: true, dot: true });
  matchers.set(glob, compiled);
  return compiled;
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).toLowerCase();
}

function lastExtension(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1);
}

export function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
