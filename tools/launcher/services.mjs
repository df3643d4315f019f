/**
 * The hub's services in the order in which they start. Each is given the environment that it reads and nothing else.
 * @typedef {{ name: string, portOffset: number, env: string[] }} ServiceSpec
 * `portOffset`: from PORT to the port of its health, metrics and own HTTP.
 */

const git = ['GIT_ALLOWED_ROOTS', 'GIT_ALLOW_PRIVATE_HOSTS'];
const store = ['S3_ENDPOINT', 'S3_BUCKET', 'S3_ACCESS_KEY', 'S3_SECRET_KEY', 'S3_REGION', 'S3_TIMEOUT_SECONDS'];

/** @type {ServiceSpec[]} */
export const services = [
  { name: 'catalog', portOffset: 101, env: ['DATABASE_URL', ...git, 'INGEST_ATTEMPTS', 'INGEST_BACKOFF_MS', 'SWEEP_INTERVAL_MS', 'LAUNCH_IDLE_SECONDS', 'VERIFY_BUILDS', 'RETAIN_IMAGES', 'RETAIN_ARTIFACT_DAYS', 'REFRESH', 'REFRESH_INTERVAL_SECONDS', 'REFRESH_MAX_INTERVAL_SECONDS', 'SERVICE_HEALTH_INTERVAL_MS', 'SERVICE_HEALTH_TIMEOUT_MS'] },
  { name: 'artifact', portOffset: 104, env: [...store, 'SIGNING_KEYS', 'ARTIFACT_BASE_URL', 'ARTIFACT_MAX_BYTES', 'ARTIFACT_DOWNLOAD_SECONDS'] },
  { name: 'ingestion', portOffset: 102, env: [...git, 'INGEST_CONCURRENCY', 'INGEST_ATTEMPTS', 'INGEST_BACKOFF_MS', 'INGEST_TIMEOUT_SECONDS', 'INGEST_MAX_BYTES'] },
  { name: 'build', portOffset: 103, env: ['DOCKER_HOST', ...git, 'INGEST_TIMEOUT_SECONDS', 'INGEST_MAX_BYTES', 'BUILD_CONCURRENCY', 'BUILD_CONTEXT_MAX_BYTES', 'BUILD_SOURCES_MAX_BYTES', 'BUILD_TIMEOUT_SECONDS', 'BUILD_MEMORY_BYTES', 'BUILD_MEMORY_CGROUP', 'BUILD_BUILDER', 'BUILD_NETWORK', 'BUILD_LOG_MAX_BYTES', 'BUILD_CACHE_MAX_BYTES', 'ENGINE_OWNED', 'HOUSEKEEPING_INTERVAL_SECONDS', 'REGISTRY_URL'] },
  { name: 'runner', portOffset: 105, env: ['DOCKER_HOST', 'RUNNER_CAPACITY', 'WARM_POOL_SIZE', 'LAUNCH_START_TIMEOUT_SECONDS', 'LAUNCH_DISK_BYTES', 'CHROMIUM_PATH', 'REGISTRY_URL'] },
  { name: 'gateway', portOffset: 0, env: ['PREVIEW_DOMAIN', 'PUBLIC_HOST', 'PUBLIC_URL', 'WEB_DIST', 'SIGNING_KEYS', 'OSIRIS_TOKENS', 'GITHUB_WEBHOOK_SECRET', 'GITLAB_WEBHOOK_TOKEN', 'GITLAB_WEBHOOK_SIGNING_SECRET'] },
];

export const portOffsets = services.map((service) => service.portOffset);

/** Of the machine, not of the hub: where programs, certificates, proxies and temporary files are. */
const machine = ['PATH', 'HOME', 'USER', 'LANG', 'LC_ALL', 'TZ', 'TMPDIR', 'XDG_RUNTIME_DIR', 'HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'http_proxy', 'https_proxy', 'no_proxy', 'NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE', 'SSL_CERT_DIR', 'GIT_SSL_CAINFO'];
const everyService = ['NATS_URL', 'PORT', 'HUB_ID', 'OSIRIS_HOME', 'LOG_LEVEL'];

/**
 * The environment of what runs beside the services (nats-server, the engine's and the janitor's guards): none of the
 * hub's configuration, which holds its secrets.
 * @param {NodeJS.ProcessEnv} env
 * @returns {NodeJS.ProcessEnv}
 */
export function machineEnv(env) {
  return pick(env, machine);
}

/** @param {NodeJS.ProcessEnv} env @param {string[]} names @returns {NodeJS.ProcessEnv} those that are set */
function pick(env, names) {
  return Object.fromEntries(names.flatMap((name) => (env[name] === undefined || env[name] === '' ? [] : [[name, env[name]]])));
}

/**
 * The environment of one service.
 * @param {ServiceSpec} service
 * @param {NodeJS.ProcessEnv} env the hub's whole configuration
 * @returns {NodeJS.ProcessEnv}
 */
export function serviceEnv(service, env) {
  return {
    ...pick(env, [...machine, ...everyService, ...service.env]),
    // HOST opens the hub to others by its one door; what is behind it stays on loopback.
    HOST: service.name === 'gateway' ? env.HOST : '127.0.0.1',
    NODE_ENV: 'production',
    LOG_PRETTY: 'false', // the launcher reads the lines and shows them in short
    OSIRIS_SUPERVISED: '1',
    // glibc keeps an arena of freed memory per thread; two are enough for what a service allocates outside of V8.
    MALLOC_ARENA_MAX: '2',
    // Given at all, they no longer grow with what was freed: the memory of large buffers goes back to the system at once. Much
    // lower, what each answer takes would be asked for and given back again and again. (Builds have no answers to give.)
    MALLOC_MMAP_THRESHOLD_: '1048576',
    MALLOC_TRIM_THRESHOLD_: service.name === 'build' ? '4194304' : '33554432',
  };
}

/**
 * Small heaps: a service idles for most of its life, and six of them must fit beside the apps. The two that every
 * keystroke of a search passes through may grow more room for what lives no longer than a request: it takes a fifth off
 * the time that an answer costs them. The one that reads what builds print collects its garbage early: by default a flood
 * may leave four times as much of it as there is in use (it takes a tenth of the flood's time, and two thirds of the growth).
 * @param {ServiceSpec} service
 */
export const nodeFlags = ({ name }) => [`--max-semi-space-size=${name === 'catalog' || name === 'gateway' ? 8 : 2}`, ...(name === 'build' ? ['--heap-growing-percent=20'] : []), '--enable-source-maps'];
