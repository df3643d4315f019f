/** Not written by the app's authors, or not to be the app: as GitHub leaves it out of its statistics, and what sets it up. */
const FOLDERS =
  /(^|\/)(node_modules|bower_components|jspm_packages|vendors?|third[-_]?party|extern(als?)?|deps|\.?venv|env|site-packages|virtualenv|__pycache__|dist|build|out|output|target|obj|bin\/(debug|release)|coverage|htmlcov|generated|__generated__|gen|Godeps|Pods|Carthage|elm-stuff|\.[^/]+|docs?|documentation|javadoc|man|examples?|samples?|demos?|fixtures?|__fixtures__|testdata|test[-_]data|__snapshots__|__mocks__|mocks?|stubs?|cassettes|migrations|alembic\/versions|locales?|i18n|public\/(build|dist|vendor|libs?|assets\/vendor)|static\/(vendor|libs?|admin|dist|build)|assets\/(vendor|libs?|plugins)|wwwroot\/lib|ci|hack|husky|storybook-static|benchmarks?)\//i;
const FILES =
  /((^|\/)(jquery|bootstrap|popper|fontawesome|font-awesome|normalize|reset|modernizr|d3|three|vue|react|angular|lodash|underscore|moment|chart|htmx|alpine|leaflet|tailwind|prism|highlight|p5|phaser|swagger-ui[\w-]*)([.-](v?\d[\w.]*|min|slim|bundle|core|global|prod|production|umd|esm|esm-browser|pkgd|all))*\.(js|css|mjs|ts)$|[.-](min|bundle|umd|prod|pack)\.(js|css|mjs|cjs)$|\.d\.[cm]?ts$|\.(pb|pb2|g|gen|generated|designer|g\.i|freezed|gr)\.(go|cs|dart|ts|js|py|rb|swift|vb)$|_pb2(_grpc)?\.pyi?$|[._-](generated|gen)\.\w+$|(^|\/)(package|npm-shrinkwrap|composer|yarn|pnpm|bun|cargo|poetry|pipfile|gemfile|mix|pubspec|flake)[\w-]*[.-]lock(b|\.json|\.yaml)?$|(^|\/)(zz_generated[\w.]*|bindata|assets_vfsdata)\.go$|\.snap$|\.map$)/i;
/** Settings that happen to be programs, manifests, and what starts or builds the app. */
const SETUP =
  /(^|\/)([\w.-]+\.(config|conf|setup|rc)\.([cm]?[jt]s|[jt]sx)|\.?[\w-]+rc\.[cm]?js|(gulp|grunt|gemini|make|rake|guard|vagrant|pod|fast|brew|jenkins|danger|cap|thor|apprais|build)file(\.\w+)?|gruntfile\.js|gemfile|rakefile|config\.ru|mix\.exs|rebar\.config|build\.(gradle|gradle\.kts|sbt|rs|zig|xml)|settings\.gradle(\.kts)?|package\.swift|setup\.py|noxfile\.py|conftest\.py|setuptests?\.[jt]sx?|reportwebvitals\.[jt]s|vite-env\.d\.ts|karma\.conf\.js|protractor\.conf\.js|webpack\.[\w.-]+\.js|artisan|gradlew|mvnw|gradlew\.bat|mvnw\.cmd|(docker-)?entrypoint(\.\w+)?|[\w.-]*(entrypoint|start|run|build|deploy|setup|install|init|boot|bootstrap|backup|release|publish|healthcheck|wait-for(-it)?|dev|test|lint|update|migrate|seed|launch|serve|export)[\w-]*\.(sh|bash|bat|cmd|ps1))$/i;
/** Names of packages, that are folders as well: `src/main/java/com/example/demo/`, `org/example/`. */
const PACKAGES = /(^|\/)(src\/\w{1,40}\/(?:java|kotlin|scala|groovy|clojure)\/(?:[^/]+\/)*|(?:com|org|net|io|dev|edu)\/(?:examples?|samples?|demos?)\/)/g;
/** What nobody of the app wrote, wherever the app is. */
const OTHERS = /(^|\/)(node_modules|bower_components|vendors?|third[-_]?party|\.?venv|site-packages|\.git|Pods|coverage)\//i;
/** In characters: longer paths are nobody's code, and the patterns' time grows with them. */
const MAX_PATH = 500;

/** Whether a path is left out of the shares of languages. `lenient`: where nothing else is there, an app may be in `docs/`, or be a script. */
export function isLeftOut(path: string, lenient = false): boolean {
  return leavingOut(lenient)(path);
}

/** The same for many paths, which have folders in common: each folder is judged once. */
export function leavingOut(lenient: boolean): (path: string) => boolean {
  const folders = new Map<string, boolean>();
  return (path) => {
    if (path.length > MAX_PATH) return true;
    const end = path.lastIndexOf('/') + 1;
    const name = path.slice(end);
    if (FILES.test(name) || (!lenient && SETUP.test(name))) return true;
    const folder = path.slice(0, end);
    let left = folders.get(folder);
    if (left === undefined) folders.set(folder, (left = lenient ? OTHERS.test(folder) : FOLDERS.test(folder.replace(PACKAGES, '$1'))));
    return left;
  };
}
