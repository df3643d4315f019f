import { Inject, Injectable } from '@nestjs/common';
import { DomainError, launchGet, type PreviewRoute } from '@osiris/contracts';
import { counter, ENV, LOGGER, type Logger, Requests } from '@osiris/service-kit';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { GatewayEnv } from '../env';
import { refuseUpgrade } from '../http/refuse-upgrade';
import { forwardHttp, type Forwarding } from './forward-http';
import { forwardUpgrade } from './forward-upgrade';
import { requestHeaders, responseHeaders } from './forwarded-headers';
import { decideAccess } from './preview-access';
import { PreviewActivity } from './preview-activity.service';
import { hubUrl } from './preview-address';
import { PAGES, type PreviewPage, renderPage } from './preview-pages';
import { PreviewRoutes } from './preview-routes.service';
import { PreviewTokens } from './preview-token';

const proxied = counter('osiris_preview_requests_total', 'Requests to previews', ['outcome'] as const);
/** The most frequent by far: its labels are looked up once. */
const served = proxied.labels({ outcome: 'http' });
/** A page that reloads itself asks about a launch at most this often. */
const ABSENCE_MS = 500;

type Passage = { route: PreviewRoute; path: string } | { redirect: string; setCookie: string | null } | { page: PreviewPage };

/** Serves `<launchId>.<PREVIEW_DOMAIN>`: checks who asks, then gets out of the way. */
@Injectable()
export class PreviewProxy {
  private readonly absences = new Map<string, { page: PreviewPage; until: number }>();

  constructor(
    private readonly routes: PreviewRoutes,
    private readonly tokens: PreviewTokens,
    private readonly activity: PreviewActivity,
    private readonly requests: Requests,
    @Inject(ENV) private readonly env: GatewayEnv,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async serve(request: IncomingMessage, response: ServerResponse, launchId: string | null): Promise<void> {
    const passage = await this.passage(request, launchId, false);
    if ('page' in passage) return this.answerPage(response, passage.page);
    if ('redirect' in passage) {
      const headers: Record<string, string> = { location: passage.redirect, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' };
      if (passage.setCookie !== null) headers['set-cookie'] = passage.setCookie;
      proxied.inc({ outcome: 'admitted' });
      response.writeHead(303, { ...headers, 'content-length': '0' }).end();
      return;
    }
    served.inc();
    forwardHttp(request, response, this.forwarding(request, passage, (error) => {
      this.unreachable(passage.route, error);
      this.answerPage(response, PAGES.unreachable);
    }));
  }

  async upgrade(request: IncomingMessage, socket: Duplex, head: Buffer, launchId: string | null): Promise<void> {
    const passage = await this.passage(request, launchId, true);
    if (!('route' in passage)) return refuseUpgrade(socket, 'page' in passage ? passage.page.status : 403);
    proxied.inc({ outcome: 'upgrade' });
    forwardUpgrade(request, socket, head, this.forwarding(request, passage, (error) => {
      this.unreachable(passage.route, error);
      refuseUpgrade(socket, 502);
    }));
  }

  private forwarding(request: IncomingMessage, { route, path }: { route: PreviewRoute; path: string }, onUnreachable: Forwarding['onUnreachable']): Forwarding {
    const { host, port, launchId } = route;
    const ownHost = `${launchId}.${this.env.PREVIEW_DOMAIN}`;
    // An event stream is open, and so in use, until one side closes it.
    return { host, port, path, headers: requestHeaders(request), answerHeaders: (answer) => responseHeaders(answer, ownHost), onUnreachable, onClose: this.activity.begin(launchId) };
  }

  private async passage(request: IncomingMessage, launchId: string | null, upgrade: boolean): Promise<Passage> {
    if (launchId === null) return { page: PAGES.unknown };
    const { method = 'GET', url = '/' } = request;
    const access = decideAccess(this.tokens, { method, url, cookieHeader: request.headers.cookie, launchId, upgrade });
    if (access.kind === 'redirect') return { redirect: access.location, setCookie: access.setCookie };
    const route = this.routes.known(launchId) ?? (await this.routes.find(launchId).catch(() => null));
    if (!route) return { page: await this.absence(launchId) };
    return access.kind === 'granted' ? { route, path: access.path } : { page: PAGES[access.reason] };
  }

  /** Why there is no route: only the catalog knows. */
  private async absence(launchId: string): Promise<PreviewPage> {
    const known = this.absences.get(launchId);
    if (known && known.until > Date.now()) return known.page;
    const page = await this.askedAbsence(launchId);
    if (this.absences.size > 1_000) this.absences.clear();
    this.absences.set(launchId, { page, until: Date.now() + ABSENCE_MS });
    return page;
  }

  private async askedAbsence(launchId: string): Promise<PreviewPage> {
    try {
      const { status, appId } = await this.requests.send(launchGet, { id: launchId });
      if (status === 'failed') return { ...PAGES.failed, appId };
      return status === 'stopping' || status === 'stopped' || status === 'expired' ? { ...PAGES.stopped, appId } : PAGES.starting;
    } catch (error) {
      return error instanceof DomainError && error.code === 'NOT_FOUND' ? PAGES.unknown : PAGES.blind;
    }
  }

  private unreachable(route: PreviewRoute, error: NodeJS.ErrnoException): void {
    proxied.inc({ outcome: 'unreachable' });
    this.logger.warn({ launchId: route.launchId, code: error.code }, 'A preview does not answer');
  }

  private answerPage(response: ServerResponse, page: PreviewPage): void {
    proxied.inc({ outcome: String(page.status) });
    const { headers, body } = renderPage(page, hubUrl(this.env));
    response.writeHead(page.status, headers).end(body);
  }
}
