import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { DomainError } from '@osiris/contracts';
import { ENV } from '@osiris/service-kit';
import type { FastifyRequest } from 'fastify';
import type { GatewayEnv } from '../env';
import { routeOf } from '../http/route.decorator';
import { isLoopback } from './hosts';
import { bearerOf, findToken, type Token } from './tokens';

/** Lets writes pass only to whom they are open: a token's role where there are tokens, else this machine. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(@Inject(ENV) private readonly env: GatewayEnv) {}

  canActivate(context: ExecutionContext): boolean {
    if (!routeOf(context.getHandler())?.write) return true;
    const { headers, socket } = context.switchToHttp().getRequest<FastifyRequest>();
    checkWrite(this.env.OSIRIS_TOKENS, {
      authorization: headers.authorization,
      peer: socket.remoteAddress,
      proxied: headers['x-forwarded-for'] !== undefined || headers['forwarded'] !== undefined,
    });
    return true;
  }
}

/** @throws DomainError UNAUTHENTICATED or FORBIDDEN, saying what would help. */
export function checkWrite(
  tokens: readonly Token[],
  { authorization, peer, proxied }: { authorization: string | undefined; peer: string | undefined; proxied: boolean },
): void {
  if (tokens.length === 0) {
    if (isLoopback(peer) && !proxied) return;
    throw new DomainError('FORBIDDEN', 'No token is configured (OSIRIS_TOKENS), so changes are accepted from this machine only.');
  }
  const secret = bearerOf(authorization);
  const token = secret === undefined ? undefined : findToken(tokens, secret);
  if (!token) {
    const what = secret === undefined ? 'Changes need' : 'This token is not known; changes need';
    throw new DomainError('UNAUTHENTICATED', `${what} "Authorization: Bearer" with a token of the hub.`);
  }
  if (token.role === 'viewer') throw new DomainError('FORBIDDEN', `The token "${token.name}" may look, not change.`);
}
