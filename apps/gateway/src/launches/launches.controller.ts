import { Controller, Req, Res } from '@nestjs/common';
import { launchCreate, launchExtend, launchGet, launchList, launchRestart, launchStop, routes } from '@osiris/contracts';
import { Requests } from '@osiris/service-kit';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { IdempotencyKeyHeader } from '../http/idempotency-key';
import { linkNext } from '../http/list-link';
import { Input, Route, type RouteInput } from '../http/route.decorator';
import { answerLog } from '../logs/answer-log';
import { Logs } from '../logs/logs.service';
import { PreviewUrls } from '../previews/preview-urls.service';

@Controller()
export class LaunchesController {
  constructor(
    private readonly requests: Requests,
    private readonly previewUrls: PreviewUrls,
    private readonly logs: Logs,
  ) {}

  @Route(routes.createLaunch)
  async create(
    @Input() { body }: RouteInput<typeof routes.createLaunch>,
    @IdempotencyKeyHeader() idempotencyKey: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const launch = await this.requests.send(launchCreate, { ...body, idempotencyKey });
    void reply.header('location', `/launches/${launch.id}`);
    return this.previewUrls.ofLaunch(launch);
  }

  @Route(routes.listLaunches)
  async list(
    @Input() { query }: RouteInput<typeof routes.listLaunches>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const page = await this.requests.send(launchList, query);
    linkNext(request, reply, page.nextCursor);
    return { ...page, items: page.items.map((launch) => this.previewUrls.ofLaunch(launch)) };
  }

  @Route(routes.getLaunch)
  async get(@Input() { params }: RouteInput<typeof routes.getLaunch>) {
    return this.previewUrls.ofLaunch(await this.requests.send(launchGet, params));
  }

  @Route(routes.extendLaunch)
  async extend(@Input() { params, body }: RouteInput<typeof routes.extendLaunch>, @IdempotencyKeyHeader() idempotencyKey: string | undefined) {
    return this.previewUrls.ofLaunch(await this.requests.send(launchExtend, { id: params.id, ttlSeconds: body.ttlSeconds, idempotencyKey }));
  }

  @Route(routes.restartLaunch)
  async restart(@Input() { params }: RouteInput<typeof routes.restartLaunch>, @IdempotencyKeyHeader() idempotencyKey: string | undefined) {
    return this.previewUrls.ofLaunch(await this.requests.send(launchRestart, { id: params.id, idempotencyKey }));
  }

  @Route(routes.stopLaunch)
  async stop(@Input() { params }: RouteInput<typeof routes.stopLaunch>) {
    return this.previewUrls.ofLaunch(await this.requests.send(launchStop, params));
  }

  @Route(routes.launchLog)
  log(
    @Input() { params, query }: RouteInput<typeof routes.launchLog>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { after, follow } = query;
    return answerLog(request, reply, { after, format: 'text' }, (asked) => this.logs.ofLaunch(params.id, follow === 'true', asked));
  }
}
