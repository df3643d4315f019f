import type { App, Launch } from '@osiris/contracts';
import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { launchesApi } from '../api/launches.api';
import { keys } from '../api/query-keys';
import { LaunchPlots } from './launch-plots';
import { LogView } from './log-view';
import { PreviewBar } from './preview-bar';
import styles from './preview.module.css';

interface PreviewProps {
  app: App;
  /** The launch as the app's answer or an event told of it: its signed address may be missing there. */
  known: Launch;
}

const ASK_AGAIN_MS = 700;
const LOOK_AGAIN_MS = 20_000;

/** The running app in the page, in a sandbox of its own origin. */
export function Preview({ app, known }: PreviewProps) {
  const { data: launch = known } = useQuery({
    queryKey: keys.launch(known.id),
    queryFn: ({ signal }) => launchesApi.get(known.id, signal),
    initialData: known.previewUrl ? known : undefined,
    staleTime: 0,
    // Use moves the end of an idle launch, which no event tells.
    refetchInterval: ({ state }) => (state.data?.previewUrl ? LOOK_AGAIN_MS : ASK_AGAIN_MS),
  });
  const screen = useRef<HTMLDivElement>(null);
  const [reloads, setReloads] = useState(0);
  const src = useFirstAddress(launch, reloads);

  return (
    <>
      <div ref={screen} className={styles.preview}>
        <PreviewBar app={app} launch={{ ...launch, expiresAt: known.expiresAt, idleAt: launch.idleAt }} onReload={() => setReloads(reloads + 1)} onFullScreen={() => void screen.current?.requestFullscreen()} />
        {src ? (
          <iframe
            key={`${launch.id} ${launch.restarts ?? 0} ${reloads}`}
            className={styles.frame}
            title={`Preview of ${app.name}`}
            src={src}
            sandbox="allow-scripts allow-forms allow-same-origin allow-popups allow-modals allow-downloads"
            allow="fullscreen; clipboard-write; autoplay; gamepad"
          />
        ) : (
          <div className={styles.frame} aria-busy="true" />
        )}
      </div>
      <LaunchPlots launch={launch} />
      <AppOutput launch={launch} />
    </>
  );
}

/**
 * The address stays what it was when the launch was first shown, or last reloaded: each extension signs it anew, and
 * changing it under a running app would load that from its beginning.
 */
function useFirstAddress({ id, previewUrl }: Launch, reloads: number): string | null {
  const shown = `${id} ${reloads}`;
  const [first, setFirst] = useState<{ shown: string; url: string } | null>(null);
  if (previewUrl && first?.shown !== shown) setFirst({ shown, url: previewUrl });
  return first?.shown === shown ? first.url : null;
}

function AppOutput({ launch }: { launch: Launch }) {
  const [open, setOpen] = useState(false);
  return (
    <details className={styles.output} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>What the app prints</summary>
      {open && <LogView title="App output" kind="launch" id={launch.id} appId={launch.appId} live />}
    </details>
  );
}
