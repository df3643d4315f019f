import type { App, Build, HubEvent, IngestionUpdate, Launch } from '@osiris/contracts';

/** What an event says, typed by its `type` (libs/contracts/src/events.ts). */
export type KnownEvent =
  | { type: 'app.created' | 'app.updated'; app: App }
  | { type: 'app.deleted'; id: string; slug: string }
  | { type: 'ingestion.updated'; update: IngestionUpdate; at: string }
  | { type: 'build.updated'; build: Build }
  | { type: 'launch.updated'; launch: Launch };

export function readEvent(event: HubEvent): KnownEvent | null {
  const data = event.data as { app: App; build: Build; launch: Launch; id: string; slug: string };
  switch (event.type) {
    case 'app.created':
    case 'app.updated':
      return { type: event.type, app: data.app };
    case 'app.deleted':
      return { type: event.type, id: data.id, slug: data.slug };
    case 'ingestion.updated':
      return { type: event.type, update: event.data as unknown as IngestionUpdate, at: event.time };
    case 'build.updated':
      return { type: event.type, build: data.build };
    case 'launch.updated':
      return { type: event.type, launch: data.launch };
    default:
      return null;
  }
}

/**
 * An app with what the event says about it; the very same object where the event is not about it, so that nothing
 * is drawn again for nothing.
 */
export function patchApp<A extends App>(app: A, event: KnownEvent): A {
  switch (event.type) {
    case 'app.created':
    case 'app.updated':
      return event.app.id === app.id ? { ...app, ...event.app, latestLaunch: keepPreview(event.app.latestLaunch, app.latestLaunch) } : app;
    case 'ingestion.updated':
      return event.update.appId === app.id ? { ...app, ...ingestionOf(app, event.update) } : app;
    case 'build.updated':
      return event.build.appId === app.id && isNewest(event.build.id, event.build.queuedAt, app.latestBuild?.id, app.latestBuild?.queuedAt)
        ? { ...app, latestBuild: event.build, launchable: app.launchable || event.build.status === 'succeeded' }
        : app;
    case 'launch.updated':
      return event.launch.appId === app.id && isNewest(event.launch.id, event.launch.createdAt, app.latestLaunch?.id, app.latestLaunch?.createdAt)
        ? { ...app, latestLaunch: keepPreview(event.launch, app.latestLaunch), popularity: countLaunch(app, event.launch) }
        : app;
    case 'app.deleted':
      return app;
  }
}

/** A launch not known yet counts at once, as the catalog has counted it. */
function countLaunch({ popularity, latestLaunch }: App, launch: Launch): App['popularity'] {
  return latestLaunch?.id === launch.id ? popularity : { launches: popularity.launches + 1, launches7d: popularity.launches7d + 1 };
}

function ingestionOf(app: App, update: IngestionUpdate): Partial<App> {
  return {
    ingestStatus: update.status,
    ingestError: update.error as App['ingestError'],
    ingestAttempts: update.attempt,
    // A commit that is only being read, or could not be, is not the one that the entry shows.
    commitSha: (update.status === 'ready' ? update.commitSha : null) ?? app.commitSha,
  };
}

function isNewest(id: string, at: string, knownId: string | undefined, knownAt: string | undefined): boolean {
  return knownId === undefined || knownAt === undefined || id === knownId || at >= knownAt;
}

/** The catalog knows no preview URL (the gateway signs it), so an event without one does not take a known one away. */
export function keepPreview(launch: Launch | null, known: Launch | null | undefined): Launch | null {
  if (!launch || launch.previewUrl || known?.id !== launch.id || launch.status !== 'running') return launch;
  return { ...launch, previewUrl: known.previewUrl };
}

const PROGRESS: Readonly<Record<Launch['status'], number>> = { pending: 0, starting: 1, running: 2, stopping: 3, stopped: 4, failed: 4, expired: 4 };

/**
 * The answer to a command about a launch, unless events have told already that it is further on: they may overtake the answer,
 * and an older word shown last would stay.
 */
export function unlessOvertaken(answer: Launch, known: Launch | null | undefined): Launch {
  // One that was started anew goes the same way once more.
  const sameRun = (known?.restarts ?? 0) === (answer.restarts ?? 0);
  return known?.id === answer.id && sameRun && PROGRESS[known.status] > PROGRESS[answer.status] ? known : (keepPreview(answer, known) ?? answer);
}

/** Puts the answer to a command about a launch into an app. */
export function patchAppByAnswer<A extends App>(app: A, answer: Launch): A {
  return patchApp(app, { type: 'launch.updated', launch: unlessOvertaken(answer, app.latestLaunch) });
}

interface Page<A extends App> {
  items: A[];
}

export function patchPage<A extends App, P extends Page<A>>(page: P, event: KnownEvent): P {
  if (event.type === 'app.deleted') {
    const items = page.items.filter((app) => app.id !== event.id);
    return items.length === page.items.length ? page : { ...page, items };
  }
  let changed = false;
  const items = page.items.map((app) => {
    const patched = patchApp(app, event);
    changed ||= patched !== app;
    return patched;
  });
  return changed ? { ...page, items } : page;
}

/** When each phase of the running ingestion began, as far as this page has seen it (ISO instants). */
export interface IngestionProgress {
  latest: IngestionUpdate;
  seenAt: Partial<Record<IngestionUpdate['phase'], string>>;
}

export function followIngestion(known: IngestionProgress | undefined, update: IngestionUpdate, at: string): IngestionProgress {
  const afresh = !known || known.latest.attempt !== update.attempt || update.phase === 'queued';
  const seenAt = afresh ? {} : known.seenAt;
  return { latest: update, seenAt: { ...seenAt, [update.phase]: seenAt[update.phase] ?? at } };
}
