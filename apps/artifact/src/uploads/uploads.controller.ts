import type { IncomingMessage } from 'node:http';
import { PassThrough, type Readable } from 'node:stream';
import { Controller, HttpCode, Inject, Param, Put, Query, Req, UseFilters } from '@nestjs/common';
import { artifactUploadSign, portOf } from '@osiris/contracts';
import { ENV, HandlesRequest, runWithTrace } from '@osiris/service-kit';
import type { FastifyRequest } from 'fastify';
import { ulid } from 'ulid';
import type { z } from 'zod';
import type { Env } from '../env';
import type { StoredObject } from '../objects/object-store';
import { ProblemFilter } from '../problems/problem.filter';
import { UploadsService } from './uploads.service';
import { UploadTokens } from './upload-tokens';

/** A worker uploads right after it asked; a retry asks anew. In seconds. */
const UPLOAD_SECONDS = 900;

/** Signs upload URLs, and takes what is put to them. */
@Controller()
@UseFilters(ProblemFilter)
export class UploadsController {
  private readonly baseUrl: string;

  constructor(
    @Inject(ENV) env: Env,
    private readonly tokens: UploadTokens,
    private readonly uploads: UploadsService,
  ) {
    this.baseUrl = (env.ARTIFACT_BASE_URL ?? `http://127.0.0.1:${portOf('artifact', env.PORT)}`).replace(/\/$/, '');
  }

  @HandlesRequest(artifactUploadSign)
  async sign(input: z.infer<typeof artifactUploadSign.input>): Promise<z.infer<typeof artifactUploadSign.output>> {
    const id = `art_${ulid().toLowerCase()}`;
    const { token, expiresAt } = this.tokens.sign({ id, ...input }, UPLOAD_SECONDS);
    return Promise.resolve({ id, uploadUrl: `${this.baseUrl}/uploads/${id}?token=${token}`, expiresAt });
  }

  @Put('uploads/:id')
  @HttpCode(200)
  async upload(
    @Param('id') id: string,
    @Query('token') token: unknown,
    @Req() request: FastifyRequest,
  ): Promise<StoredObject & { id: string }> {
    const incoming = request.raw;
    const { traceparent } = incoming.headers;
    try {
      const upload = this.tokens.check(id, typeof token === 'string' ? token : '');
      const declared = incoming.headers['content-length'];
      const body = bodyOf(incoming);
      const accept = () => this.uploads.accept(upload, body, declared === undefined ? undefined : Number(declared));
      const stored = await runWithTrace(typeof traceparent === 'string' ? traceparent : undefined, accept);
      return { id, ...stored };
    } finally {
      // What was not read would be taken for the connection's next request.
      incoming.unpipe();
      incoming.resume();
    }
  }
}

/** Not the request itself: a failing store would destroy it, and with it the connection that the answer needs. */
function bodyOf(incoming: IncomingMessage): Readable {
  const body = new PassThrough();
  const interrupt = (): void => {
    if (!incoming.complete) body.destroy(new Error('The sender went away'));
  };
  incoming.once('error', interrupt).once('close', interrupt);
  return incoming.pipe(body);
}
