import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ingestJob, ingestionCompleted } from '@osiris/contracts';
import { Nats, type RunningService } from '@osiris/service-kit';
import { freePort, startNats, type TestNats } from '@osiris/testing';
import { envSchema } from '../src/env';
import { startIngestion } from '../src/start-ingestion';
import { FakeHub } from './fake-hub';

const gitEnv = { ...process.env, GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null', GIT_AUTHOR_NAME: 'a', GIT_AUTHOR_EMAIL: 'a@b', GIT_COMMITTER_NAME: 'a', GIT_COMMITTER_EMAIL: 'a@b' };
const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=', 'base64');
const GIF = Buffer.from('R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==', 'base64');
const APP = 'app_0123456789';

let nats: TestNats;
let hub: FakeHub;
let service: RunningService;
let root: string;
let made = 0;

beforeAll(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'osiris-pictures-test-')));
  nats = await startNats();
  hub = await FakeHub.start(nats.url);
  const env = envSchema.parse({
    NATS_URL: nats.url, PORT: (await freePort()) - 102, HUB_ID: `p${process.pid}`, LOG_LEVEL: 'fatal', OSIRIS_HOME: root, GIT_ALLOWED_ROOTS: root, GIT_ALLOW_PRIVATE_HOSTS: 'true',
  });
  service = await startIngestion(env, { signals: false });
}, 30_000);
afterAll(async () => {
  await service?.close();
  await hub?.stop();
  await nats?.stop();
  await rm(root, { recursive: true, force: true });
}, 20_000);
beforeEach(() => {
  hub.storeIsAway = false;
});

async function repository(files: Record<string, string | Buffer>, links: Record<string, string> = {}): Promise<string> {
  const path = join(root, `app-${++made}`);
  for (const [name, content] of Object.entries({ Dockerfile: 'FROM scratch\n', ...files })) {
    await mkdir(dirname(join(path, name)), { recursive: true });
    await writeFile(join(path, name), content);
  }
  for (const [name, target] of Object.entries(links)) await symlink(target, join(path, name));
  for (const args of [['init', '-q', '-b', 'main'], ['add', '-A'], ['commit', '-q', '-m', 'x']]) execFileSync('git', args, { cwd: path, env: gitEnv, stdio: 'pipe' });
  return `file://${path}`;
}

async function ingest(repoUrl: string) {
  const ingestionId = `ing_${String(++made).padStart(10, '0')}`;
  await service.app.get(Nats).publish(ingestJob.subject, { attempt: 1, ingestionId, appId: APP, slug: 'acme/draw', ref: null, dockerfilePath: null, repoUrl }, { msgId: ingestionId });
  const facts = await hub.factsOf(ingestionId, (subjects) => subjects.includes(ingestionCompleted.subject));
  const { media, warnings } = ingestionCompleted.schema.parse(facts.at(-1)?.fact);
  return { ingestionId, media, warnings, pictures: hub.uploads.filter(({ kind, owner }) => kind === 'picture' && owner.ingestionId === ingestionId) };
}

describe('pictures of a repository without public addresses', () => {
  it('are kept as artifacts: those of .apphub first, then those of the README', async () => {
    const { ingestionId, media, warnings, pictures } = await ingest(
      await repository({
        'README.md': '# Draw\n\nIt draws.\n\n![The board](docs/board.png)\n![Away](https://cdn.example.org/away.png)\n\n[Live demo](https://draw.example.org)\n',
        'docs/board.png': PNG,
        '.apphub/previews.yaml': 'previews:\n- path: tour.gif\n  title: A tour\n',
        '.apphub/tour.gif': GIF,
      }),
    );
    expect(warnings).toEqual([]);
    expect(pictures.map(({ contentType, owner, bytes }) => ({ contentType, owner, bytes }))).toEqual([
      { contentType: 'image/gif', owner: { appId: APP, ingestionId }, bytes: GIF },
      { contentType: 'image/png', owner: { appId: APP, ingestionId }, bytes: PNG },
    ]);
    const [gif, png] = pictures.map(({ id }) => `/pictures/${id}`);
    expect(media).toEqual([
      { kind: 'image', url: gif, title: 'A tour' },
      { kind: 'image', url: png, title: 'The board' },
      { kind: 'image', url: 'https://cdn.example.org/away.png', title: 'Away' },
      { kind: 'demo', url: 'https://draw.example.org/', title: 'Live demo' },
    ]);
  });

  it('are pictures, whatever a name says, and files of the tree', async () => {
    const { media, warnings, pictures } = await ingest(
      await repository(
        {
          'README.md': '# Draw\n\nIt draws.\n\n![a](page.png) ![b](drawing.svg) ![c](link.png) ![d](../../../../etc/passwd) ![e](%2e%2e/x.png) ![f](folder/x.png) ![g](lfs.png)\n',
          'page.png': '<html><script>alert(1)</script></html>',
          'drawing.svg': '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
          'lfs.png': 'version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n',
        },
        { 'link.png': '/etc/hostname', folder: '/etc' },
      ),
    );
    expect(media).toEqual([]);
    expect(pictures).toEqual([]);
    expect(warnings.map(({ code, path }) => `${code} ${path}`)).toEqual(['FILE_UNREADABLE page.png', 'FILE_UNREADABLE lfs.png']);
  });

  it('are left out with a warning where the store is away', async () => {
    hub.storeIsAway = true;
    const { media, warnings } = await ingest(await repository({ 'README.md': '# Draw\n\nIt draws.\n\n![a](a.png)\n\n[Docs](https://docs.example.org)', 'a.png': PNG }));
    expect(media).toEqual([{ kind: 'docs', url: 'https://docs.example.org/', title: 'Docs' }]);
    expect(warnings).toMatchObject([{ code: 'FILE_UNREADABLE', message: expect.stringContaining('1 of 1 pictures could not be stored') }, { message: expect.stringContaining('bill of materials') }]);
  }, 30_000);
});
