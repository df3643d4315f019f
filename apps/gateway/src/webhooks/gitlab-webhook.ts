import { type DeliveryKey, DomainError } from '@osiris/contracts';
import type { IncomingHttpHeaders } from 'node:http';
import { sameSecret, sha256 } from './secrets';
import { signingKey, verifiedDelivery } from './standard-webhook';

export interface GitlabSecrets {
  /** Of `X-Gitlab-Token`; it may be the signing secret as well. */
  token: string | undefined;
  /** Of `webhook-signature`; once given, whoever signs must sign rightly. */
  signingSecret: string | undefined;
}

/**
 * A body says the same again where a branch goes back and forth, and a token does not bind it: it is known for an hour
 * only, against a delivery that comes again under another id.
 */
const BODY_KEPT_SECONDS = 3_600;

/**
 * Checks a delivery of GitLab (https://docs.gitlab.com/user/project/integrations/webhooks/): the signature where there is
 * one, else the token.
 * @param now milliseconds since 1970
 * @returns what tells this delivery from others
 * @throws DomainError UNAUTHENTICATED
 */
export function verifyGitlab({ token, signingSecret }: GitlabSecrets, headers: IncomingHttpHeaders, body: Buffer, now: number): DeliveryKey[] {
  const secret = signingSecret ?? token;
  if (headers['webhook-signature'] !== undefined && secret !== undefined) {
    const id = verifiedDelivery(signingKey(secret), headers, body, now);
    // The id is a part of what is signed.
    if (id !== null) return [{ hash: sha256('gitlab signed ', id) }];
    if (signingSecret !== undefined) throw refused('webhook-signature is not the signature of this body and its headers, or it is older than five minutes');
  }
  const given = headers['x-gitlab-token'];
  if (token === undefined || typeof given !== 'string' || !sameSecret(given, token)) throw refused(token === undefined ? 'The delivery is not signed' : 'X-Gitlab-Token is not the token of this hub');
  const delivery = headers['idempotency-key'] ?? headers['x-gitlab-event-uuid'];
  const keys: DeliveryKey[] = [{ hash: sha256('gitlab body ', body), keptSeconds: BODY_KEPT_SECONDS }];
  return typeof delivery === 'string' ? [...keys, { hash: sha256('gitlab delivery ', delivery) }] : keys;
}

const refused = (what: string): DomainError => new DomainError('UNAUTHENTICATED', `${what}: compare the secret on both sides.`);
