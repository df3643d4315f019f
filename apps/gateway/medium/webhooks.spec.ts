import { type Problem, repositoryPushed, type RepositoryPush, type WebhookAnswer } from '@osiris/contracts';
import { createHmac } from 'node:crypto';
import { type Answer, ask, startTestGateway, type TestGateway } from './a-gateway';

const SECRET = 'a secret of GitHub';
const TOKEN = 'a token of GitLab';
const SIGNING_SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const COMMIT = 'b'.repeat(40);
const NONE = '0'.repeat(40);

const githubPush = (more: object = {}) => ({
  ref: 'refs/heads/main', before: NONE, after: COMMIT, deleted: false,
  repository: {
    clone_url: 'https://github.com/acme/app.git', ssh_url: 'git@github.com:acme/app.git', git_url: 'git://github.com/acme/app.git', html_url: 'https://github.com/acme/app',
    url: 'https://github.com/acme/app', default_branch: 'main',
  },
  ...more,
}); // prettier-ignore
const gitlabPush = (more: object = {}) => ({
  object_kind: 'push', ref: 'refs/heads/main', after: COMMIT,
  project: { git_http_url: 'https://gitlab.example/acme/app.git', git_ssh_url: 'git@gitlab.example:acme/app.git', web_url: 'https://gitlab.example/acme/app', default_branch: 'main' },
  ...more,
}); // prettier-ignore

const bodyOf = (answer: Answer) => JSON.parse(answer.text) as Problem & WebhookAnswer;
const outcome = (answer: Answer) => [answer.status, bodyOf(answer).code ?? bodyOf(answer).ignored ?? bodyOf(answer).accepted];

describe('webhooks', () => {
  let gateway: TestGateway;
  let pushes: RepositoryPush[];

  beforeAll(async () => {
    // Tokens are configured: a webhook needs none of them.
    gateway = await startTestGateway({
      GITHUB_WEBHOOK_SECRET: SECRET, GITLAB_WEBHOOK_TOKEN: TOKEN, GITLAB_WEBHOOK_SIGNING_SECRET: SIGNING_SECRET, OSIRIS_TOKENS: 'ci:publisher:s', PUBLIC_HOST: 'hub.example.org',
    }); // prettier-ignore
    gateway.catalog.answers.set(repositoryPushed.subject, (input) => {
      pushes.push(input as RepositoryPush);
      return { accepted: ['acme/app'] };
    });
  }, 30_000);
  beforeEach(() => (pushes = []));
  afterAll(() => gateway.stop());

  const send = (path: string, body: string, headers: Record<string, string>) =>
    ask(gateway.port, path, { method: 'POST', headers: { 'content-type': 'application/json', ...headers, 'content-length': String(Buffer.byteLength(body)) }, body });
  const signature = (body: string, secret = SECRET) => `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
  const github = (body: string, headers: Record<string, string> = {}) =>
    send('/hooks/github', body, { 'x-github-event': 'push', 'x-github-delivery': 'd1', 'x-hub-signature-256': signature(body), ...headers });

  describe('of GitHub', () => {
    it('tell the catalog of a push, from wherever they come', async () => {
      const answer = await github(JSON.stringify(githubPush()), { host: 'hub.example.org', 'x-forwarded-for': '192.30.252.1' });
      expect([answer.status, bodyOf(answer)]).toEqual([202, { accepted: ['acme/app'] }]);
      expect(pushes).toEqual([{
        ref: 'refs/heads/main', defaultBranch: 'main',
        urls: ['https://github.com/acme/app.git', 'git@github.com:acme/app.git', 'git://github.com/acme/app.git', 'https://github.com/acme/app'],
        deliveries: [{ hash: expect.stringMatching(/^[0-9a-f]{64}$/) }, { hash: expect.stringMatching(/^[0-9a-f]{64}$/) }],
      }]); // prettier-ignore
    });

    it('are known by what is signed, not by the id alone, which is not', async () => {
      const body = JSON.stringify(githubPush());
      await github(body);
      await github(body, { 'x-github-delivery': 'd2' });
      await github(JSON.stringify(githubPush({ after: 'c'.repeat(40) })));
      const [first, sameBody, sameId] = pushes.map(({ deliveries }) => deliveries.map(({ hash }) => hash));
      expect(sameBody?.[0]).toBe(first?.[0]);
      expect(sameBody?.[1]).not.toBe(first?.[1]);
      expect(sameId?.[0]).not.toBe(first?.[0]);
      expect(sameId?.[1]).toBe(first?.[1]);
    });

    it.each([
      ['another secret', (body: string) => signature(body, 'another')],
      ['another body', () => signature('{}')],
      ['half a signature', (body: string) => signature(body).slice(0, 40)],
      ['the older kind', (body: string) => `sha1=${createHmac('sha1', SECRET).update(body).digest('hex')}`],
      ['upper case', (body: string) => signature(body).toUpperCase()],
      ['nothing', () => ''],
    ])('are refused where the signature is of %s', async (_what, sign) => {
      const body = JSON.stringify(githubPush());
      expect(outcome(await github(body, { 'x-hub-signature-256': sign(body) }))).toEqual([401, 'UNAUTHENTICATED']);
      expect(pushes).toEqual([]);
    });

    it('are refused without a signature, and before anything is read', async () => {
      const unsigned = { 'x-github-event': 'push' };
      expect(outcome(await send('/hooks/github', 'no JSON', unsigned))).toEqual([401, 'UNAUTHENTICATED']);
      expect(outcome(await send('/hooks/github', '', unsigned))).toEqual([401, 'UNAUTHENTICATED']);
    });

    it.each([
      ['a ping', '{"zen":"…","hook_id":1}', { 'x-github-event': 'ping' }, [200, 'event']],
      ['another event', '{"action":"opened"}', { 'x-github-event': 'issues' }, [200, 'event']],
      ['a branch that was deleted', JSON.stringify(githubPush({ deleted: true, after: NONE })), {}, [200, 'deleted']],
      ['no JSON', '{"ref":', {}, [400, 'INVALID_JSON']],
      ['no push', '[]', {}, [400, 'VALIDATION_FAILED']],
      ['a push of nothing', '{"ref":"refs/heads/main"}', {}, [400, 'VALIDATION_FAILED']],
      ['a ref without end', JSON.stringify(githubPush({ ref: `refs/heads/${'x'.repeat(400)}` })), {}, [400, 'VALIDATION_FAILED']],
    ])('say %s without leading to anything', async (_what, body, headers, expected) => {
      expect(outcome(await github(body, headers))).toEqual(expected);
      expect(pushes).toEqual([]);
    });

    it('may be a form, whose own bytes are signed', async () => {
      const body = new URLSearchParams({ payload: JSON.stringify(githubPush()) }).toString();
      expect(outcome(await github(body, { 'content-type': 'application/x-www-form-urlencoded' }))).toEqual([202, ['acme/app']]);
      expect(pushes[0]?.ref).toBe('refs/heads/main');
    });

    it('are larger than other bodies may be, up to a limit', async () => {
      const big = JSON.stringify(githubPush({ commits: ['x'.repeat(2_000_000)] }));
      expect((await github(big)).status).toBe(202);
      expect(outcome(await github(JSON.stringify(githubPush({ commits: ['x'.repeat(6_000_000)] }))))).toEqual([413, 'BODY_TOO_LARGE']);
    });
  });

  describe('of GitLab', () => {
    const gitlab = (headers: Record<string, string>, push: unknown = gitlabPush()) => send('/hooks/gitlab', JSON.stringify(push), { 'x-gitlab-event': 'Push Hook', ...headers });
    const signed = (body: string, { id = 'msg-1', at = Math.floor(Date.now() / 1_000), secret = SIGNING_SECRET } = {}) => {
      const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
      return { 'webhook-id': id, 'webhook-timestamp': String(at), 'webhook-signature': `v1,${createHmac('sha256', key).update(`${id}.${at}.${body}`).digest('base64')}` };
    };
    const body = JSON.stringify(gitlabPush());

    it('tell the catalog of a push by their token', async () => {
      expect(outcome(await gitlab({ 'x-gitlab-token': TOKEN, 'idempotency-key': 'k1' }))).toEqual([202, ['acme/app']]);
      expect(pushes[0]).toMatchObject({ ref: 'refs/heads/main', defaultBranch: 'main', urls: expect.arrayContaining(['https://gitlab.example/acme/app.git']) });
      // The body alone counts for an hour: a branch may go back and forth.
      expect(pushes[0]?.deliveries.map(({ keptSeconds }) => keptSeconds)).toEqual([3_600, undefined]);
    });

    it('tell the catalog of a push by their signature, and are known by their id', async () => {
      expect(outcome(await gitlab(signed(body)))).toEqual([202, ['acme/app']]);
      const rotated = signed(body, { id: 'msg-2' });
      expect(outcome(await gitlab({ ...rotated, 'webhook-signature': `v1,${'A'.repeat(43)}= v1a,x ${rotated['webhook-signature']}` }))).toEqual([202, ['acme/app']]);
      expect(new Set(pushes.map(({ deliveries }) => deliveries[0]?.hash)).size).toBe(2);
    });

    it.each([
      ['no token', {}],
      ['another token', { 'x-gitlab-token': 'another' }],
      ['a signature of another secret', signed(body, { secret: `whsec_${Buffer.alloc(32, 8).toString('base64')}` })],
      ['a signature six minutes old', signed(body, { at: Math.floor(Date.now() / 1_000) - 360 })],
      ['a signature six minutes ahead', signed(body, { at: Math.floor(Date.now() / 1_000) + 360 })],
      ['a signature under another id', { ...signed(body), 'webhook-id': 'msg-9' }],
      ['a signature and no id', { 'webhook-signature': signed(body)['webhook-signature'] }],
      ['an id that moves the boundary', signed(body, { id: 'msg.1' })],
      ['a wrong signature beside the right token', { ...signed('{}'), 'x-gitlab-token': TOKEN }],
    ])('are refused with %s', async (_what, headers) => {
      expect(outcome(await gitlab(headers as Record<string, string>))).toEqual([401, 'UNAUTHENTICATED']);
      expect(pushes).toEqual([]);
    });

    it.each([
      ['a tag', gitlabPush({ object_kind: 'tag_push', ref: 'refs/tags/v1' }), [202, ['acme/app']]],
      ['a system hook', gitlabPush({ object_kind: undefined, event_name: 'push' }), [202, ['acme/app']]],
      ['a branch that was deleted', gitlabPush({ after: NONE }), [200, 'deleted']],
      ['another event', { object_kind: 'issue' }, [200, 'event']],
      ['something else', { object_kind: 'push' }, [400, 'VALIDATION_FAILED']],
    ])('understand %s', async (_what, push, expected) => {
      expect(outcome(await gitlab({ 'x-gitlab-token': TOKEN }, push))).toEqual(expected);
    });
  });

  it('are not there where they are not configured', async () => {
    const bare = await startTestGateway();
    try {
      for (const path of ['/hooks/github', '/hooks/gitlab']) {
        const answer = await ask(bare.port, path, { method: 'POST', headers: { 'content-type': 'application/json', 'x-gitlab-token': '', 'x-hub-signature-256': signature('{}', '') }, body: '{}' });
        expect([path, ...outcome(answer)]).toEqual([path, 404, 'NOT_FOUND']);
      }
    } finally {
      await bare.stop();
    }
  }, 30_000);

  it('may be signed with the token, where that is the only secret', async () => {
    const tokenOnly = await startTestGateway({ GITLAB_WEBHOOK_TOKEN: SIGNING_SECRET });
    tokenOnly.catalog.answers.set(repositoryPushed.subject, () => ({ accepted: ['acme/app'] }));
    try {
      const body = JSON.stringify(gitlabPush());
      const at = Math.floor(Date.now() / 1_000);
      const sign = createHmac('sha256', Buffer.alloc(32, 7)).update(`m1.${at}.${body}`).digest('base64');
      const answer = await ask(tokenOnly.port, '/hooks/gitlab', { method: 'POST', headers: { 'content-type': 'application/json', 'webhook-id': 'm1', 'webhook-timestamp': String(at), 'webhook-signature': `v1,${sign}` }, body });
      expect(outcome(answer)).toEqual([202, ['acme/app']]);
    } finally {
      await tokenOnly.stop();
    }
  }, 30_000);
});
