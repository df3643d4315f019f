import type { ApiErrorCode } from './api-error';

/** What would mend it, in one or two sentences, where the error's own words may not say. */
const ADVICE: Partial<Record<ApiErrorCode, string>> = {
  NO_ANSWER: 'Look whether the hub still runs (npm start). This page tries again by itself.',
  SERVICE_UNAVAILABLE: 'A part of the hub is starting or gone. Operations shows which; try again in a moment.',
  INTERNAL: 'This is the hub’s fault, not yours. The trace id finds it in the logs.',
  UNAUTHENTICATED: 'This hub takes changes only with a bearer token. Ask its operator for one and use the API.',
  FORBIDDEN: 'This hub takes changes from its own machine only, unless it is given OSIRIS_TOKENS.',
  REPO_URL_INVALID: 'Use an https:// address that git clone understands, with nothing else in it.',
  HOST_NOT_ALLOWED: 'Only public hosts may be fetched. An operator can allow private ones with GIT_ALLOW_PRIVATE_HOSTS, and folders with GIT_ALLOWED_ROOTS.',
  REPO_NOT_FOUND: 'Check the address for typing errors, and that the repository is public.',
  REPO_AUTH_REQUIRED: 'The repository is private. Make it public, or register it with a read-only deploy token in the address.',
  REPO_EMPTY: 'Push a first commit, then retry.',
  REPO_TOO_LARGE: 'Make the repository smaller, or ask the operator to raise INGEST_MAX_BYTES.',
  REPO_TIMEOUT: 'The host was slow. Retry; if it stays so, the operator can raise INGEST_TIMEOUT_SECONDS.',
  REPO_UNREACHABLE: 'The host did not answer. Retry when it is back.',
  REF_INVALID: 'Give the plain name of a branch or tag.',
  REF_NOT_FOUND: 'Check the name of the branch or tag, or leave it empty for the default branch.',
  DOCKERFILE_MISSING: 'Add a Dockerfile at the root of the repository, or say where it lies when you register.',
  DOCKERFILE_INVALID: 'Mend the line that the message names, push, then fetch and build.',
  BASE_IMAGE_UNAVAILABLE: 'Check the name after FROM. Where the hub has no way to a registry, load the image into its engine first.',
  COPY_SOURCE_MISSING: 'Check the path after COPY, and that .dockerignore does not leave it out.',
  RUN_FAILED: 'The last lines of the log say why the command failed. Mend it, push, then fetch and build.',
  BUILD_FAILED: 'The last lines of the log say why. Mend it, push, then fetch and build.',
  BUILD_TIMEOUT: 'Make the build shorter, or ask the operator to raise BUILD_TIMEOUT_SECONDS.',
  BUILD_OUT_OF_MEMORY: 'Let the step use less memory, or ask the operator to raise BUILD_MEMORY_BYTES.',
  IMAGE_PUSH_REFUSED: 'Ask the operator to check the credentials of the registry, then build again.',
  REGISTRY_UNAVAILABLE: 'The registry did not answer. The push is tried again by itself.',
  BUILD_CANCELED: 'Build again when you want it.',
  CONTEXT_TOO_LARGE: 'Leave what the image does not need out with a .dockerignore.',
  ENGINE_UNAVAILABLE: 'Start Docker (or another engine) on the hub’s machine. What waits goes on by itself.',
  APP_NOT_BUILT: 'Build it first; then it can be launched.',
  NO_CAPACITY: 'Stop a launch that is no longer needed, or try again in a moment.',
  APP_EXITED: 'The app ended by itself; its last lines say why. Perhaps it wants an environment variable.',
  APP_NOT_LISTENING: 'Let the app listen on 0.0.0.0, not on 127.0.0.1, and name its port with EXPOSE.',
  START_TIMEOUT: 'The app did not answer HTTP in time. Look at its output, and that EXPOSE names the right port.',
  OUT_OF_MEMORY: 'Launch it with a larger profile.',
  DISK_FULL: 'Let it write less. The operator can raise LAUNCH_DISK_BYTES.',
  IMAGE_GONE: 'Build it again; then launch.',
  CONTAINER_GONE: 'Launch it again.',
  JOB_ABANDONED: 'It failed too often and was given up. Retry; if it happens again, Operations and the logs say why.',
};

export function adviceFor(code: string): string | null {
  return ADVICE[code as ApiErrorCode] ?? null;
}
