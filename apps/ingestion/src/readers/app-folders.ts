/** In here lies what is not the app: what tests it, shows its use, describes it, was tried or given up, or was written by others. */
const ELSEWHERE =
  /(^|\/)(\.[^/]+|node_modules|bower_components|vendor|third[-_]party|deps|tests?|__tests__|spec|e2e|cypress|fixtures?|testdata|__mocks__|mocks?|examples?|samples?|demos?|templates?|docs?|documentation|website|benchmarks?|bench|playground|storybook|scripts?|tools?|contrib|training|research|experiments?|legacy|deprecated|attic|dist|build|out|target|coverage|venv)\//i;

/** Deeper than this below the root nobody keeps a part of an app. */
const MAX_FOLDERS = 4;

/** Folder of a path, with a trailing "/"; empty for the root. */
export function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}

/** The root and the Dockerfile's own folder. */
export function isMainFolder(folder: string, dockerfilePath: string): boolean {
  return folder === '' || folder === folderOf(dockerfilePath);
}

/**
 * Whether what is seen at this path tells something of the app. Folders for tests, examples and documents do not, unless
 * the Dockerfile that is built lies in them.
 */
export function isOfTheApp(path: string, dockerfilePath: string): boolean {
  const folder = folderOf(path);
  if (isMainFolder(folder, dockerfilePath)) return true;
  const within = folderOf(dockerfilePath);
  const rest = within !== '' && folder.startsWith(within) ? folder.slice(within.length) : folder;
  return rest.split('/').length - 1 <= MAX_FOLDERS && !ELSEWHERE.test(rest);
}
