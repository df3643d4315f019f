import { type DeliveryKey, DomainError, repositoryPushed, routes, type WebhookAnswer } from '@osiris/contracts';
import type { Requests } from '@osiris/service-kit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { GatewayEnv } from '../env';
import { verifyGithub } from './github-webhook';
import { verifyGitlab } from './gitlab-webhook';
import { readGithubPush, readGitlabPush, type ReadPush } from './push-payloads';

/** GitHub would send up to 25 MB. A push of 5 MB has thousands of commits; what is larger is found by the refresh loop. */
export const WEBHOOK_LIMIT_BYTES = 5 * 1024 * 1024;

/**
 * `/hooks/github` and `/hooks/gitlab`, in a scope of their own: what is signed is the body as it came, so nothing parses it
 * before the signature holds. The signature is the authority here: no bearer token, and no matter from where.
 */
export function serveWebhooks(scope: FastifyInstance, env: GatewayEnv, requests: Requests): void {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: WEBHOOK_LIMIT_BYTES }, (_request, body, done) => done(null, body));

  scope.post(routes.githubHook.path, { bodyLimit: WEBHOOK_LIMIT_BYTES }, async (request, reply) => {
    const secret = env.GITHUB_WEBHOOK_SECRET;
    if (secret === undefined) throw notConfigured('GITHUB_WEBHOOK_SECRET');
    const body = bodyOf(request);
    const deliveries = verifyGithub(secret, request.headers, body);
    const event = request.headers['x-github-event'];
    const answer = await answerTo(requests, deliveries, readGithubPush(typeof event === 'string' ? event : undefined, jsonOf(request, body)));
    return reply.status(answer.accepted.length > 0 ? 202 : 200).send(answer);
  });

  scope.post(routes.gitlabHook.path, { bodyLimit: WEBHOOK_LIMIT_BYTES }, async (request, reply) => {
    const { GITLAB_WEBHOOK_TOKEN: token, GITLAB_WEBHOOK_SIGNING_SECRET: signingSecret } = env;
    if (token === undefined && signingSecret === undefined) throw notConfigured('GITLAB_WEBHOOK_TOKEN');
    const body = bodyOf(request);
    const deliveries = verifyGitlab({ token, signingSecret }, request.headers, body, Date.now());
    const answer = await answerTo(requests, deliveries, readGitlabPush(jsonOf(request, body)));
    return reply.status(answer.accepted.length > 0 ? 202 : 200).send(answer);
  });
}

async function answerTo(requests: Requests, deliveries: DeliveryKey[], push: ReadPush): Promise<WebhookAnswer> {
  if (typeof push === 'string') return { accepted: [], ignored: push };
  return requests.send(repositoryPushed, { ...push, deliveries });
}

const notConfigured = (name: string): DomainError => new DomainError('NOT_FOUND', `This hub takes no such webhooks: ${name} is not configured.`);

const bodyOf = ({ body }: FastifyRequest): Buffer => (Buffer.isBuffer(body) ? body : Buffer.alloc(0));

/** The body, or the form field `payload` in which GitHub can send it. @throws DomainError INVALID_JSON */
function jsonOf(request: FastifyRequest, body: Buffer): unknown {
  const isForm = /^application\/x-www-form-urlencoded\b/i.test(request.headers['content-type'] ?? '');
  const text = isForm ? (new URLSearchParams(body.toString('utf8')).get('payload') ?? '') : body.toString('utf8');
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new DomainError('INVALID_JSON', 'The body is not JSON.');
  }
}
