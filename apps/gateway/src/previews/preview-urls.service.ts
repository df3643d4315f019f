import { Inject, Injectable } from '@nestjs/common';
import type { App, HubEvent, Launch } from '@osiris/contracts';
import { ENV } from '@osiris/service-kit';
import type { GatewayEnv } from '../env';
import { TOKEN_PARAMETER } from './preview-access';
import { previewOrigin } from './preview-address';
import { PreviewTokens } from './preview-token';

/** Adds the signed `previewUrl`, which only the gateway can make, wherever a running launch is shown. */
@Injectable()
export class PreviewUrls {
  constructor(
    private readonly tokens: PreviewTokens,
    @Inject(ENV) private readonly env: GatewayEnv,
  ) {}

  ofLaunch(launch: Launch): Launch {
    if (launch.status !== 'running') return { ...launch, previewUrl: null };
    // No `iat`: the same launch has the same URL on every gateway, so that its ETag and its events are the same too.
    const exp = Math.floor(Date.parse(launch.expiresAt) / 1000);
    const token = this.tokens.sign({ launchId: launch.id, exp, use: 'url' });
    return { ...launch, previewUrl: `${previewOrigin(this.env, launch.id)}/?${TOKEN_PARAMETER}=${token}` };
  }

  ofApp<A extends App>(app: A): A {
    return app.latestLaunch ? { ...app, latestLaunch: this.ofLaunch(app.latestLaunch) } : app;
  }

  ofEvent(event: HubEvent): HubEvent {
    if (event.type === 'launch.updated' && isLaunch(event.data['launch'])) {
      return { ...event, data: { ...event.data, launch: this.ofLaunch(event.data['launch']) } };
    }
    const app = event.data['app'] as App | undefined;
    if (event.type.startsWith('app.') && app?.latestLaunch) return { ...event, data: { ...event.data, app: this.ofApp(app) } };
    return event;
  }
}

function isLaunch(value: unknown): value is Launch {
  return typeof value === 'object' && value !== null && 'id' in value && 'expiresAt' in value;
}
