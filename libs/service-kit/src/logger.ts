import type { LoggerService } from '@nestjs/common';
import { type Logger, pino } from 'pino';
import type { BaseEnv } from './env';
import { currentTraceId } from './trace';

export type { Logger } from 'pino';

/** Where a URL with credentials slips into a message or an error, its user and password do not reach the line. */
function withoutCredentials(text: string): string {
  return text.replace(/([a-z][a-z0-9+.-]*:\/\/)[^/@\s'"]+@/gi, '$1');
}

/** One JSON line per entry: `time, level, service, instance, traceId, msg, err{code,stack}` and what the call adds. */
export function createLogger(service: string, instance: string, env: BaseEnv): Logger {
  const pretty = env.LOG_PRETTY ?? process.stdout.isTTY;
  return pino({
    level: env.LOG_LEVEL,
    base: { service, instance },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    mixin: () => {
      const traceId = currentTraceId();
      return traceId === undefined ? {} : { traceId };
    },
    redact: {
      paths: ['env', '*.env', 'authorization', '*.authorization', 'headers.cookie', 'headers.authorization', 'token', '*.token', '*.secret'],
      censor: '[redacted]',
    },
    hooks: {
      streamWrite: withoutCredentials,
    },
    ...(pretty ? { transport: { target: 'pino-pretty', options: { singleLine: true, ignore: 'pid,hostname,instance' } } } : {}),
  });
}

/** Nest's own messages through pino; its start-up chatter is debug. */
export function nestLogger(logger: Logger): LoggerService {
  const context = (rest: unknown[]) => ({ context: rest.at(-1) });
  return {
    log: (message: unknown, ...rest: unknown[]) => logger.debug(context(rest), String(message)),
    error: (message: unknown, ...rest: unknown[]) =>
      logger.error(message instanceof Error ? { err: message, ...context(rest) } : context(rest), String(message)),
    warn: (message: unknown, ...rest: unknown[]) => logger.warn(context(rest), String(message)),
    debug: (message: unknown, ...rest: unknown[]) => logger.trace(context(rest), String(message)),
    verbose: (message: unknown, ...rest: unknown[]) => logger.trace(context(rest), String(message)),
  };
}
