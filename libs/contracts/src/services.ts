/** The hub's services. The key is the name in logs, subjects and the registry. */
export const SERVICES = {
  gateway: { title: 'Gateway', portOffset: 0 },
  catalog: { title: 'Catalog', portOffset: 101 },
  ingestion: { title: 'Ingestion', portOffset: 102 },
  build: { title: 'Build', portOffset: 103 },
  artifact: { title: 'Artifact', portOffset: 104 },
  runner: { title: 'Runner', portOffset: 105 },
} as const;

export type ServiceName = keyof typeof SERVICES;
export const SERVICE_NAMES = Object.keys(SERVICES) as ServiceName[];

/** TCP port a service listens on, given the gateway's port (`PORT`). */
export function portOf(service: ServiceName, gatewayPort: number): number {
  return gatewayPort + SERVICES[service].portOffset;
}
