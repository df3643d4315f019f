import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { type DependencyState, portOf, Readiness, type ServiceName } from '@osiris/contracts';
import { ENV, Health } from '@osiris/service-kit';
import { get } from 'node:http';
import { text } from 'node:stream/consumers';
import type { GatewayEnv } from '../env';

const TIMEOUT_MS = 2_000;

/** Without these nothing can be answered; without the others what they do waits. */
const NEEDED: readonly ServiceName[] = ['catalog'];
const ASKED: readonly ServiceName[] = ['catalog', 'artifact', 'ingestion', 'build', 'runner'];

/** The gateway's `/readyz` sums up the hub: what each service says of itself. */
@Injectable()
export class HubReadiness implements OnModuleInit {
  constructor(
    private readonly health: Health,
    @Inject(ENV) private readonly env: GatewayEnv,
  ) {}

  onModuleInit(): void {
    for (const service of ASKED) this.health.register(service, () => this.stateOf(service));
  }

  private async stateOf(service: ServiceName): Promise<DependencyState> {
    const needed = NEEDED.includes(service);
    try {
      return stateFrom(Readiness.parse(await readyz(portOf(service, this.env.PORT))), needed);
    } catch {
      return { status: needed ? 'down' : 'waiting', message: `the ${service} service does not answer` };
    }
  }
}

/** By node:http: `fetch` would load all of undici, several megabytes, for a few bytes from this machine. */
function readyz(port: number): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const request = get({ host: '127.0.0.1', port, path: '/readyz', timeout: TIMEOUT_MS, agent: false }, (response) => {
      text(response).then((body) => resolve(JSON.parse(body))).catch(reject);
    });
    request.once('error', reject);
    request.once('timeout', () => request.destroy(new Error('no answer in time')));
  });
}

/** One service's own sum as one dependency of the hub's: what waits keeps saying what it waits for. */
export function stateFrom({ status, dependencies }: Readiness, needed: boolean): DependencyState {
  if (status === 'ready') return { status: 'up' };
  const message = Object.entries(dependencies)
    .filter(([, state]) => state.status !== 'up')
    .map(([name, state]) => `${name}: ${state.message ?? state.status}`)
    .join('; ');
  return { status: status === 'unready' && needed ? 'down' : 'waiting', message };
}
