import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { map, type Observable } from 'rxjs';
import { routeOf } from './route.decorator';

/** `ETag` and `If-None-Match` (RFC 9110, 13.1.2) on GET of one thing. */
@Injectable()
export class ConditionalGet implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const route = routeOf(context.getHandler());
    const ofOneThing = route?.method === 'GET' && route.params !== undefined && route.responses[200]?.schema;
    if (!ofOneThing) return next.handle();
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return next.handle().pipe(map((value: unknown) => answer(value, request, reply)));
  }
}

function answer(value: unknown, request: FastifyRequest, reply: FastifyReply): string {
  const body = JSON.stringify(value);
  const etag = `W/"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`;
  void reply.header('etag', etag);
  if (matches(request.headers['if-none-match'], etag)) {
    void reply.status(304);
    return '';
  }
  void reply.type('application/json; charset=utf-8');
  return body;
}

/** Weak comparison: `*`, or one of the list whatever its `W/`. */
export function matches(header: string | undefined, etag: string): boolean {
  const bare = (tag: string) => tag.trim().replace(/^W\//, '');
  return header !== undefined && (header.trim() === '*' || header.split(',').some((tag) => bare(tag) === bare(etag)));
}
