/** Where an app that says nothing of its port is told to listen. */
export const DEFAULT_PORT = 8080;

export interface PortSources {
  /** From the app's metadata (EXPOSE, front matter). */
  jobPort: number | null;
  exposedPorts: readonly number[];
  imageEnv: Readonly<Record<string, string>>;
  userEnv: Readonly<Record<string, string>>;
}

export interface PortPlan {
  /** Ports somebody has named, the likeliest first. Empty: find it. */
  declared: number[];
  /** The variable PORT to add to the container's environment; undefined where image or user have set it. */
  portVariable: string | undefined;
}

/** Many apps listen where PORT says, others say where by EXPOSE: bring the two together. */
export function planPorts({ jobPort, exposedPorts, imageEnv, userEnv }: PortSources): PortPlan {
  const given = portNumber(userEnv['PORT'] ?? imageEnv['PORT']);
  const declared = [...new Set([given, jobPort, ...exposedPorts].filter((port): port is number => typeof port === 'number'))];
  const isSet = userEnv['PORT'] !== undefined || imageEnv['PORT'] !== undefined;
  return { declared, portVariable: isSet ? undefined : String(declared[0] ?? DEFAULT_PORT) };
}

function portNumber(text: string | undefined): number | null {
  if (text === undefined || !/^\d{1,5}$/.test(text)) return null;
  const port = Number(text);
  return port >= 1 && port <= 65_535 ? port : null;
}
