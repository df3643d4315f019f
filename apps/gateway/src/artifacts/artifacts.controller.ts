import { Controller, Res } from '@nestjs/common';
import { artifactGet, routes } from '@osiris/contracts';
import { Requests } from '@osiris/service-kit';
import type { FastifyReply } from 'fastify';
import { Input, Route, type RouteInput } from '../http/route.decorator';
import { StoredObjects } from './stored-objects.service';

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
    const url = await this.objects.signedUrl(params.id);
    void reply.status(302).headers({ location: url, 'cache-control': 'no-store' });
  }
}
