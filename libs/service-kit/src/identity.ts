import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import type { ServiceName } from '@osiris/contracts';

export interface Identity {
  service: ServiceName;
  /** Unique to this process: `<host>-<pid>-<random>`; leases are held under it. */
  instance: string;
}

export function newIdentity(service: ServiceName): Identity {
  return { service, instance: `${hostname()}-${process.pid}-${randomBytes(3).toString('hex')}` };
}
