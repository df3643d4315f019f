import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { Controller, Get, Inject, Req, Res, UseFilters } from '@nestjs/common';
import { artifactDownloadSign, DomainError } from '@osiris/contracts';
import { ENV, HandlesRequest } from '@osiris/service-kit';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { Env } from '../env';
import { FolderObjectStore } from '../objects/folder-object-store';
import { checkObjectKey } from '../objects/object-key';
import { OBJECT_STORE, type ObjectStore } from '../objects/object-store';
import { ProblemFilter } from '../problems/problem.filter';
import { type DownloadQuery, DownloadUrls } from './download-urls';
import { answerFor } from './object-answer';

/** Signs download URLs, and answers those of the folder store. */
@Controller()
@UseFilters(ProblemFilter)
export class DownloadsController {
  constructor(
    @Inject(OBJECT_STORE) private readonly store: ObjectStore,
    private readonly urls: DownloadUrls,
    @Inject(ENV) private readonly env: Env,
  ) {}

  @HandlesRequest(artifactDownloadSign)
  async sign(input: z.infer<typeof artifactDownloadSign.input>): Promise<z.infer<typeof artifactDownloadSign.output>> {
    const seconds = this.env.ARTIFACT_DOWNLOAD_SECONDS;
    const expiresAt = new Date(Date.now() + seconds * 1000).toISOString();
    const url = await this.store.signDownload(input.objectKey, seconds, input);
    return { url, expiresAt };
  }

  @Get('objects/*')
  async download(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    // With S3 the browser goes there: this door does not exist.
    if (!(this.store instanceof FolderObjectStore)) throw new DomainError('NOT_FOUND', 'There is no such object');
    const key = checkObjectKey((request.params as Record<string, string>)['*'] ?? '');
    const signed = this.urls.check(key, singleValues(request.query));
    const info = await this.store.stat(key);
    if (!info) throw new DomainError('NOT_FOUND', 'There is no such object');

    const { status, headers, body } = answerFor(key, info.bytes, signed, request.headers);
    void reply.status(status).headers(headers);
    if (!body) return void reply.send();
    // An empty stream and not nothing: Fastify would set the length of nothing.
    if (request.method === 'HEAD') return void reply.send(Readable.from([]));
    const stored = await this.store.get(key, body.range);
    // Bytes that turn out to be no gzip end the answer unfinished: its head has gone out by then. Their error comes a
    // second time when nobody listens any more, and would end the process.
    void reply.send(body.decode ? pipeline(stored, createGunzip(), () => undefined).on('error', () => undefined) : stored);
  }
}

/** A parameter given twice arrives as an array: that is none this service signed. */
function singleValues(query: unknown): DownloadQuery {
  return Object.fromEntries(Object.entries(query as Record<string, unknown>).filter(([, value]) => typeof value === 'string'));
}
