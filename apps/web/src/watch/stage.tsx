import type { App, Build } from '@osiris/contracts';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { keys } from '../api/query-keys';
import { BuildFailureCard } from '../builds/build-failure';
import { ReusedNote, WaitingNote } from '../builds/build-notes';
import { useBuild } from '../builds/use-build';
import type { IngestionProgress } from '../events/event-cache';
import { Failure } from './failure';
import { KeptVersionNote } from './kept-version-note';
import { LaunchAgain } from './launch-again';
import { NotComingUp } from './not-coming-up';
import { NewerVersionNote } from './newer-version-note';
import { PhaseList } from './phase-list';
import { phasesOf, stageOf, type Stage as StageName } from './phases';
import { Poster } from './poster';
import { Preview } from './preview';
import styles from './stage.module.css';
import { useAutoLaunch } from './use-auto-launch';
import { useHistory } from './use-history';
import { useWaitingLaunch } from './use-waiting-launch';

const SPOKEN: Record<StageName, string> = {
  ingesting: 'Fetching and reading the repository',
  building: 'Building the image',
  checking: 'Built, and being started for the first time',
  'not-coming-up': 'It was built, but does not come up',
  listed: 'Listed, not built here',
  idle: 'Ready to launch',
  starting: 'Starting',
  running: 'Running',
  stopping: 'Stopping',
  'ingest-failed': 'The repository could not be read',
  'build-failed': 'The build failed',
  'launch-failed': 'The launch failed',
};

/** The middle of the watch page: the running app, or how far it is on its way there. */
export function Stage({ app: known }: { app: App }) {
  const app = { ...known, latestLaunch: useWaitingLaunch(known.latestLaunch) };
  const stage = stageOf(app);
  const { data: history } = useHistory(app.id);
  // Written by events alone: nothing is asked for here.
  const { data: ingestion } = useQuery<IngestionProgress>({ queryKey: keys.ingestion(app.id), enabled: false });
  const ingestionMs = history?.items.find(({ kind, status }) => kind === 'ingestion' && status !== 'failed')?.durationMs ?? null;
  useAutoLaunch(app, stage);

  return (
    <div className={styles.stage}>
      <p role="status" className="visually-hidden">
        {stage === 'build-failed' && app.latestBuild?.status === 'canceled' ? 'The build was canceled' : SPOKEN[stage]}
      </p>
      <NewerVersionNote app={app} />
      {/* While it runs, the note above says it; where it cannot be launched, the failure below does. */}
      {(stage === 'idle' || stage === 'launch-failed' || stage === 'stopping') && <KeptVersionNote app={app} />}
      {stage === 'running' && app.latestLaunch ? (
        <Preview app={app} known={app.latestLaunch} />
      ) : (
        <>
          <PhaseList phases={phasesOf({ app, ingestion, ingestionMs })} />
          <StageBody app={app} stage={stage} />
        </>
      )}
    </div>
  );
}

/** Loaded where there is a log to show: most who come here launch what was built long ago. */
const LazyBuildLog = lazy(async () => ({ default: (await import('../build-log/build-log')).BuildLog }));

function StageBody({ app, stage }: { app: App; stage: StageName }) {
  const build = app.latestBuild;
  switch (stage) {
    case 'ingest-failed':
      return (
        <>
          <Failure app={app} stage={stage} />
          <EarlierVersion app={app} />
        </>
      );
    case 'build-failed':
      return build && <FailedBuild key={build.id} app={app} build={build} />;
    case 'launch-failed':
      return (
        <>
          <Failure app={app} stage={stage} />
          <LaunchAgain app={app} />
        </>
      );
    case 'not-coming-up':
      return <NotComingUp app={app} />;
    case 'building':
      return build && <GoingBuild key={build.id} known={build} />;
    default:
      return (
        <>
          <Poster app={app} stage={stage} />
          {stage === 'idle' && build && <ReusedNote build={build} />}
        </>
      );
  }
}

function EarlierVersion({ app }: { app: App }) {
  return app.launchable && <LaunchAgain app={app} note="The version before it was built, and can be launched." />;
}

function FailedBuild({ app, build }: { app: App; build: Build }) {
  const [line, setLine] = useState<number | null>(null);
  return (
    <>
      <BuildFailureCard app={app} build={build} line={line} />
      <EarlierVersion app={app} />
      <Suspense>
        <LazyBuildLog build={build} onFailedLine={setLine} />
      </Suspense>
    </>
  );
}

function GoingBuild({ known }: { known: Build }) {
  const build = useBuild(known);
  return (
    <>
      <WaitingNote build={build} />
      {/* One that shares another's end has no log of its own. */}
      {!build.watches && (
        <Suspense>
          <LazyBuildLog build={build} />
        </Suspense>
      )}
    </>
  );
}
