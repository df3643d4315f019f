import { Controller, Req, Res } from '@nestjs/common';
import { appDelete, appGet, appHistory, appRegister, appRelated, appRetry, appSearch, appUpdate, buildCreate, routes, type SearchAppsResult } from '@osiris/contracts';
import { Requests } from '@osiris/service-kit';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { IdempotencyKeyHeader } from '../http/idempotency-key';
import { linkNext } from '../http/list-link';
import { Input, Route, type RouteInput } from '../http/route.decorator';
import { PreviewUrls } from '../previews/preview-urls.service';

@Controller()
export class AppsController {
  constructor(
    private readonly requests: Requests,
    private readonly previewUrls: PreviewUrls,
  ) {}

  @Route(routes.registerApp)
  async register(
    @Input() { body }: RouteInput<typeof routes.registerApp>,
    @IdempotencyKeyHeader() idempotencyKey: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { app, created } = await this.requests.send(appRegister, { ...body, idempotencyKey });
    void reply.status(created ? 201 : 200).header('location', `/apps/${app.id}`);
    return this.previewUrls.ofApp(app);
  }

  @Route(routes.searchApps)
  async search(
    @Input() { query }: RouteInput<typeof routes.searchApps>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { page, nextCursor, running } = await this.requests.send(appSearch, query);
    linkNext(request, reply, nextCursor);
    void reply.type('application/json; charset=utf-8');
    if (!running) return page;
    const result = JSON.parse(page) as SearchAppsResult;
    return { ...result, items: result.items.map((app) => this.previewUrls.ofApp(app)) };
  }

  @Route(routes.getApp)
  async get(@Input() { params }: RouteInput<typeof routes.getApp>) {
    return this.previewUrls.ofApp(await this.requests.send(appGet, params));
  }

  @Route(routes.updateApp)
  async update(@Input() { params, body }: RouteInput<typeof routes.updateApp>) {
    return this.previewUrls.ofApp(await this.requests.send(appUpdate, { id: params.id, changes: body }));
  }

  @Route(routes.deleteApp)
  async delete(@Input() { params }: RouteInput<typeof routes.deleteApp>): Promise<void> {
    await this.requests.send(appDelete, params);
  }

  @Route(routes.appHistory)
  history(@Input() { params }: RouteInput<typeof routes.appHistory>) {
    return this.requests.send(appHistory, params);
  }

  @Route(routes.relatedApps)
  async related(@Input() { params, query }: RouteInput<typeof routes.relatedApps>) {
    const { items } = await this.requests.send(appRelated, { id: params.id, ...query });
    return { items: items.map((app) => this.previewUrls.ofApp(app)) };
  }

  @Route(routes.retryApp)
  async retry(
    @Input() { params }: RouteInput<typeof routes.retryApp>,
    @IdempotencyKeyHeader() idempotencyKey: string | undefined,
  ) {
    return this.previewUrls.ofApp(await this.requests.send(appRetry, { id: params.id, idempotencyKey }));
  }

  @Route(routes.createBuild)
  async createBuild(
    @Input() { params, body }: RouteInput<typeof routes.createBuild>,
    @IdempotencyKeyHeader() idempotencyKey: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const build = await this.requests.send(buildCreate, { appId: params.id, options: body, idempotencyKey });
    void reply.header('location', `/builds/${build.id}`);
    return build;
  }
}
