/** Injects the service's parsed environment: `@Inject(ENV) private readonly env: Env`. */
export const ENV = Symbol('ENV');
/** Injects the service's pino logger: `@Inject(LOGGER) private readonly logger: Logger`. */
export const LOGGER = Symbol('LOGGER');
/** Injects who this process is. */
export const IDENTITY = Symbol('IDENTITY');
