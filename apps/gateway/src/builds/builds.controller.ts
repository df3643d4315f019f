import { Controller, Req, Res } from '@nestjs/common';
import { buildCancel, buildGet, routes } from '@osiris/contracts';
import { Requests } from '@osiris/service-kit';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { IdempotencyKeyHeader } from '../http/idempotency-key';
import { Input, Route, type RouteInput } from '../http/route.decorator';
import { answerLog } from '../logs/answer-log';
import { Logs } from '../logs/logs.service';

@Controller()
export class BuildsController {
  constructor(
    private readonly requests: Requests,
    private readonly logs: Logs,
  ) {}

  @Route(routes.getBuild)
  get(@Input() { params }: RouteInput<typeof routes.getBuild>) {
    return this.requests.send(buildGet, params);
  }

  @Route(routes.buildLog)
  async log(
    @Input() { params: { id }, query: { after, format, download } }: RouteInput<typeof routes.buildLog>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const filename = download === 'true' ? await this.logs.nameOfBuild(id) : undefined;
    return answerLog(request, reply, { after, format, filename }, (asked) => this.logs.ofBuild(id, asked));
  }

  @Route(routes.cancelBuild)
  cancel(@Input() { params }: RouteInput<typeof routes.cancelBuild>, @IdempotencyKeyHeader() idempotencyKey: string | undefined) {
    return this.requests.send(buildCancel, { ...params, idempotencyKey });
  }
}
