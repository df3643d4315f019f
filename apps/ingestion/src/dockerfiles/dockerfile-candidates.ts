/** How many folders deep a Dockerfile is looked for. */
export const MAX_FOLDERS = 3;
/** Dockerfiles in here build something other than the app. Folders with a dot are for tools, but for `.docker` and the like. */
const ELSEWHERE =
  /(^|\/)(\.(?!docker\/|deploy\/|build\/)[^/]*|node_modules|bower_components|vendor|third[-_]party|([^/]+[-_])?tests?|testing|__tests__|testdata|specs?|e2e|cypress|([^/]+[-_])?fixtures?|([^/]+[-_])?examples?|samples?|demos?|docs?|documentation|ci|benchmarks?|bench|templates?|scaffolds?|dev-?containers?)\//i;
const NAMED = /^(dockerfile|containerfile)$/i;
/** `Dockerfile.prod`, `web.Dockerfile`, `Dockerfile-alpine`; not `Dockerfile.dockerignore` or a template. */
const VARIANT = /^(?:(?:dockerfile|containerfile)[._-]([\w.-]+)|([\w-][\w.-]*)\.(?:dockerfile|containerfile))$/i;
const NOT_A_DOCKERFILE = /\.(dockerignore|md|txt|orig|bak|old|tmpl|tpl|template|j2|jinja2?|erb|in|ejs|hbs|mustache|sh|ya?ml|json|lock|toml|patch|diff|html|go|rs|rb|exs?|php|py|java|kt|cs|[cm]?[jt]sx?)$/i;

/** Folders in which people keep how their app is packed. */
const USUAL_FOLDER = /^(\.?docker|\.?build|\.?deploy(ment)?s?|containers?|packag(e|ing)|infra(structure)?|ops)\//i;
const FOR_PRODUCTION = /^(prod(uction)?|release|deploy|live|main|latest|all-?in-?one|aio|standalone)$/i;
const FOR_PEOPLE = /^(web-?app|web|app|apps|site|website|www|frontend|front|ui|client|dashboard|src)$/i;
const FOR_PROGRAMS = /^(server|api|backend|back|core|service)$/i;
/** What runs beside the app, or is built upon. */
const BESIDE = /^(db|database|postgres(ql)?|mysql|mariadb|mongo(db)?|redis|nginx|proxy|reverse-?proxy|gateway|caddy|traefik|worker|workers|celery|cron|scheduler|jobs?|queue|base|builder|build|deps|migrat(e|ion|ions|or)|seed|backup|cli|tools?|scripts?|grafana|prometheus|otel|mail(hog|pit)?|ml|machine-?learning|inference|ai|bot)$/i;
/** What makes packages for a distribution. */
const FOR_DISTRIBUTIONS = /^(debian|deb|rpm|fedora|centos|rhel|suse|arch(linux)?|aur|snap|flatpak|appimage|homebrew)$/i;
/** What only developers run. */
const FOR_DEVELOPERS = /^(dev|devel|develop|development|local|debug|watch|test|tests|testing|ci|e2e|lint|docs?|gitpod|codespaces?|vscode|bench(mark)?|fuzz|coverage|storybook|example|demo)$/i;

export interface Candidate {
  path: string;
  /** Of the same rank, any is as good: lower comes first, compared one by one. */
  rank: readonly number[];
  atRoot: boolean;
  plain: boolean;
  /** What only developers run, or what runs beside the app. */
  doubtful: boolean;
}

/** Every file that may be the app's Dockerfile, the likeliest first. */
export function dockerfileCandidates(paths: readonly string[]): Candidate[] {
  return paths
    .filter((path) => isDockerfile(nameOf(path)) && path.split('/').length <= MAX_FOLDERS + 1 && !ELSEWHERE.test(path))
    .map(candidateOf)
    .sort((a, b) => compare(a.rank, b.rank) || (a.path < b.path ? -1 : 1));
}

/** Dockerfiles that were seen, wherever they lie, and not taken. */
export function passedOver(paths: readonly string[]): string[] {
  return paths.filter((path) => NAMED.test(nameOf(path)));
}

function isDockerfile(name: string): boolean {
  return name.length <= 100 && (NAMED.test(name) || (VARIANT.test(name) && !NOT_A_DOCKERFILE.test(name)));
}

function candidateOf(path: string): Candidate {
  const folders = path.split('/').slice(0, -1);
  const name = nameOf(path);
  const [, behind, before] = VARIANT.exec(name) ?? [];
  const words = (behind ?? before ?? '').split(/[._-]/).filter((word) => word !== '');
  const last = folders.at(-1) ?? '';
  const packing = folders.some((folder) => FOR_DISTRIBUTIONS.test(folder)) && !folders.some((folder) => /docker|container/i.test(folder));
  const purpose = Math.max(packing ? 4 : 0, purposeOf(words), folders.length > 0 ? purposeOf(USUAL_FOLDER.test(`${last}/`) ? [] : [last]) : 0);
  const place = folders.length === 0 ? 0 : USUAL_FOLDER.test(path) ? 1 : 2;
  const exact = name === 'Dockerfile' ? 0 : NAMED.test(name) ? (/^d/i.test(name) ? 1 : 2) : 3;
  return { path, rank: [purpose, place, folders.length, exact, words.some((word) => FOR_PRODUCTION.test(word)) ? 0 : 1], atRoot: place === 0, plain: exact < 3, doubtful: purpose >= 4 };
}

/** 0 the app itself, 1 the part of it that people see, 2 that behind it, 3 no telling, 4 what runs beside it, 5 what developers run. */
function purposeOf(words: readonly string[]): number {
  if (words.some((word) => FOR_DEVELOPERS.test(word))) return 5;
  if (words.some((word) => BESIDE.test(word))) return 4;
  if (words.length === 0 || words.some((word) => FOR_PRODUCTION.test(word))) return 0;
  if (words.some((word) => FOR_PEOPLE.test(word))) return 1;
  return words.some((word) => FOR_PROGRAMS.test(word)) ? 2 : 3;
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (let at = 0; at < a.length; at++) {
    const difference = (a[at] ?? 0) - (b[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
