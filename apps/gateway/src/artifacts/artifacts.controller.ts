import type { Readable } from 'node:stream';
import { Controller, Res } from '@nestjs/common';
import { artifactGet, DomainError, routes } from '@osiris/contracts';
import { Requests } from '@osiris/service-kit';
import type { FastifyReply } from 'fastify';
import { Input, Route, type RouteInput } from '../http/route.decorator';
import { StoredObjects } from './stored-objects.service';

/** What is stored under an id never changes. A day, because a deleted app's pictures should not be shown for longer. */
const PICTURE_CACHE = 'private, max-age=86400, immutable';
const PICTURES: ReadonlySet<string> = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif']);

@Controller()
export class ArtifactsController {
  constructor(
    private readonly requests: Requests,
    private readonly objects: StoredObjects,
  ) {}

  @Route(routes.getArtifact)
  async get(@Input() { params }: RouteInput<typeof routes.getArtifact>) {
    const { artifact } = await this.requests.send(artifactGet, params);
    return artifact;
  }

  @Route(routes.artifactContent)
  async content(
    @Input() { params }: RouteInput<typeof routes.artifactContent>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const { url } = await this.objects.signed(params.id);
    void reply.status(302).headers({ location: url, 'cache-control': 'no-store' });
  }

  /** Pages show pictures: the address must stay the same to be cached, and be this origin's, which is all that their policy trusts where the store is reached without TLS. */
  @Route(routes.picture)
  async picture(@Input() { params }: RouteInput<typeof routes.picture>, @Res({ passthrough: true }) reply: FastifyReply): Promise<Readable> {
    const { artifact, url } = await this.objects.signed(params.id);
    if (artifact.kind !== 'picture' && artifact.kind !== 'screenshot') throw new DomainError('NOT_FOUND', 'There is no such picture');
    const gone = new AbortController();
    reply.raw.once('close', () => gone.abort());
    const body = await this.objects.readSigned(url, gone.signal);
    void reply.status(200).headers({ 'content-type': pictureType(artifact.contentType), 'content-length': artifact.bytes, 'content-disposition': 'inline', 'cache-control': PICTURE_CACHE });
    return body;
  }
}

/** Never anything that can run: an artifact of another type is not shown, whatever it calls itself. */
function pictureType(contentType: string): string {
  return PICTURES.has(contentType) ? contentType : 'application/octet-stream';
}
