import { basePort } from './base-image-ports';
import { portToldBy, portUsualFor } from './command-port';
import type { Stage } from './dockerfile';
import { healthUrl, portOf } from './health-url';
import { expand } from './variables';

export interface AppPort {
  port: number;
  /** Place in the Dockerfile, and the rule: `EXPOSE (first that is served to people)`. */
  from: string;
  /** Above 0 up to 1. */
  confidence: number;
}

/** What a compose file says of the service that builds the app. */
export interface ComposePort {
  port: number;
  /** Place in the compose file. */
  from: string;
}

/** For debuggers, shells and live reloading: never the app itself. https://www.iana.org/assignments/service-names-port-numbers */
const NEVER: ReadonlySet<number> = new Set([22, 2345, 5005, 5678, 9229, 9230, 24_678, 35_729]);
/** HTTPS of a certificate that the hub does not have, metrics, admin and other protocols: only where nothing else is exposed. */
const LATER: ReadonlySet<number> = new Set([21, 25, 53, 443, 1025, 1883, 2019, 2525, 3306, 4369, 4443, 5432, 5671, 5672, 6379, 8443, 9090, 9091, 9100, 9180, 9323, 9443, 9464, 27_017, 50_051]);
/** Variables in which servers look for their port, the commonest first. */
const VARIABLES = ['PORT', 'HTTP_PORT', 'APP_PORT', 'SERVER_PORT', 'WEB_PORT', 'LISTEN_PORT', 'NITRO_PORT', 'NUXT_PORT', 'UVICORN_PORT', 'FLASK_RUN_PORT', 'STREAMLIT_SERVER_PORT', 'GRADIO_SERVER_PORT', 'ROCKET_PORT', 'ASPNETCORE_HTTP_PORTS', 'ASPNETCORE_URLS'];

/**
 * The port on which the runner reaches the app. docs/ingestion.md, "Dockerfile and port", has the order and why.
 */
export function appPort(stage: Stage, compose?: ComposePort): AppPort | undefined {
  const command = commandOf(stage);
  const health = portOfHealth(stage);
  const variable = VARIABLES.map((name) => ({ name, port: portOf(/(\d{1,5})\D*$/.exec(stage.environment.get(name) ?? '')?.[1]) })).find(({ port }) => port !== null);
  const told = portToldBy(command);
  const exposed = stage.ports.filter((port) => !NEVER.has(port));
  const meant = [health, variable?.port, told].find((port) => port !== null && port !== undefined && exposed.includes(port));
  const usual = exposed.find((port) => !LATER.has(port));
  if (meant !== null && meant !== undefined) return { port: meant, from: stage.ports.length > 1 ? 'EXPOSE (the one that HEALTHCHECK, ENV or CMD names)' : 'EXPOSE', confidence: 1 };
  if (usual !== undefined) return { port: usual, from: stage.ports.length > 1 ? 'EXPOSE (the first that serves people)' : 'EXPOSE', confidence: 0.95 };
  if (exposed[0] !== undefined) return { port: exposed[0], from: 'EXPOSE', confidence: 0.8 };
  if (health !== null) return { port: health, from: 'HEALTHCHECK', confidence: 0.9 };
  if (variable?.port) return { port: variable.port, from: `ENV ${variable.name}`, confidence: 0.9 };
  if (told !== undefined) return { port: told, from: 'CMD', confidence: 0.85 };
  if (compose) return { ...compose, confidence: 0.8 };
  const byCommand = portUsualFor(command);
  if (byCommand !== undefined) return { port: byCommand, from: 'CMD (the usual port of its server)', confidence: 0.7 };
  const byBase = stage.command === null && stage.entrypoint === null ? basePort(stage.base) : undefined;
  return byBase === undefined ? undefined : { port: byBase, from: `FROM ${stage.base.slice(0, 80)} (the port of that image)`, confidence: 0.7 };
}

/** Where the app says that it is well, by the Dockerfile's HEALTHCHECK. */
export function healthPathOf(stage: Stage): string | undefined {
  return stage.healthCommand === null ? undefined : healthUrl(expand(stage.healthCommand, stage.environment))?.path;
}

function portOfHealth(stage: Stage): number | null {
  return stage.healthCommand === null ? null : (healthUrl(expand(stage.healthCommand, stage.environment))?.port ?? null);
}

/** As the container's shell will see it. */
function commandOf(stage: Stage): string {
  return expand([stage.entrypoint, stage.command].filter((part) => part !== null).join(' '), stage.environment);
}
