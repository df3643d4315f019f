import type { Page, WebSocketRoute } from '@playwright/test';
import type { App, Build, LogLine } from '@osiris/contracts';
import { find } from '../catalogue/seeded-hub';

export const BUILD_ID = 'bld_00000000000000000000000000';
const AT = Date.parse('2026-01-01T00:00:00.000Z');

/** Lines numbered and timed as a builder would. */
function numbered(lines: readonly Partial<LogLine>[]): LogLine[] {
  return lines.map((line, index) => ({ stream: 'stdout', text: '', ...line, seq: index + 1, at: new Date(AT + index * 40).toISOString() }));
}

const of = (stepId: number, step: string) => ({
  begin: { stepId, step, stream: 'status', event: 'begin', text: step } as const,
  end: (event: 'done' | 'cached' | 'failed', durationMs: number, text = 'DONE') => ({ stepId, step, stream: 'status', event, durationMs, text }) as const,
  say: (text: string) => ({ stepId, step, text }),
});

/** A cached step, one with colours and many lines, and one that fails. */
export function logOfFailure(): LogLine[] {
  const [base, install, build] = [of(1, '[1/3] FROM node:20-slim'), of(2, '[2/3] RUN npm ci'), of(3, '[3/3] RUN npm run build')];
  return numbered([
    { text: 'Fetching', stream: 'status' },
    base.begin,
    base.end('cached', 0),
    install.begin,
    ...Array.from({ length: 120 }, (_, index) => install.say(index % 10 ? `fetched package ${index}` : `\u001b[33mwarn\u001b[0m \u001b[38;5;19mpackage ${index}\u001b[0m \u001b[41;30mis old\u001b[0m`)),
    install.end('done', 7_200),
    build.begin,
    build.say('\u001b[91merror\u001b[0m in src/board.ts <b>not markup</b>'),
    build.end('failed', 3_120, 'exit code: 2'),
  ]);
}

/** One step that has said so much, and goes on. */
export const logOfLength = (lines: number): LogLine[] => {
  const long = of(1, '[1/1] RUN ./generate.sh');
  return numbered([long.begin, ...Array.from({ length: lines }, (_, index) => long.say(`generated ${index}`))]);
};

type Shape = (appId: string) => Build;

const build = (appId: string, more: Partial<Build>): Build => ({
  id: BUILD_ID, appId, commitSha: 'a1b2c3d4'.repeat(5), status: 'succeeded', error: null, failure: null, image: null, log: null, queue: null,
  queuedAt: new Date(AT).toISOString(), startedAt: new Date(AT).toISOString(), completedAt: new Date(AT + 20_000).toISOString(), durationMs: 20_000, ...more,
});

export const failedBuild: Shape = (appId) =>
  build(appId, {
    status: 'failed',
    error: { code: 'RUN_FAILED', message: 'RUN npm run build ended with exit code 2' },
    failure: { code: 'RUN_FAILED', message: 'RUN npm run build ended with exit code 2', retryable: false, step: '[3/3] RUN npm run build', stepId: 3, exitCode: 2, line: 7, lastLines: ['\u001b[91merror\u001b[0m in src/board.ts'] },
  });
export const runningBuild: Shape = (appId) => build(appId, { status: 'running', completedAt: null, durationMs: null });
export const waitingBuild =
  (position: number, among: number): Shape =>
  (appId) =>
    build(appId, { status: 'pending', startedAt: null, completedAt: null, durationMs: null, queue: { position, of: among } });
export const builtBuild: Shape = (appId) =>
  build(appId, {
    image: {
      reference: 'osiris/demo:one', digest: `sha256:${'ab'.repeat(32)}`, bytes: 5_200_000,
      config: { layers: 6, ports: [80], user: null, entrypoint: null, command: ['sh', '-c', 'exec node "$APP"'], workingDirectory: '/app', platform: 'linux/amd64' },
      bases: [{ name: 'node:20-slim', digest: `sha256:${'cd'.repeat(32)}` }],
    },
  });

/**
 * One of the seeded apps has this as its newest build, with that log.
 * @returns the app's slug
 */
export async function buildAsIf(page: Page, shape: Shape, log: readonly LogLine[]): Promise<string> {
  const app: App = (await find('kanban'))[0]!;
  const { id, slug } = app;
  const latestBuild = shape(id);
  await page.route(`**/builds/${BUILD_ID}`, (route) => (route.request().resourceType() === 'document' ? route.continue() : route.fulfill({ json: latestBuild })));
  await page.route(`**/builds/${BUILD_ID}/log?*`, (route) => {
    const after = Number(new URL(route.request().url()).searchParams.get('after'));
    return route.fulfill({ contentType: 'application/x-ndjson', body: log.filter(({ seq }) => seq > after).map((line) => `${JSON.stringify(line)}\n`).join('') });
  });
  const known: App = { ...app, ingestStatus: 'ready', commitSha: latestBuild.commitSha, latestBuild };
  await page.route(new RegExp(`/apps/(${id}|${encodeURIComponent(slug)})$`), (route) => route.fulfill({ json: known }));
  return slug;
}

/** Says lines as a builder does, over the events of the page. */
export async function liveLog(page: Page): Promise<(lines: readonly LogLine[], more?: { end?: boolean; run?: string }) => void> {
  const sockets: WebSocketRoute[] = [];
  await page.routeWebSocket(/\/events\?types=build\.log/, (socket) => void sockets.push(socket));
  return (lines, { end = false, run = 'A' } = {}) => {
    const data = { appId: 'app', buildId: BUILD_ID, attempt: 1, run, lines, end };
    for (const socket of sockets) socket.send(JSON.stringify({ specversion: '1.0', id: '1', source: 'test', type: 'build.log', subject: 'app', time: new Date(AT).toISOString(), data }));
  };
}
