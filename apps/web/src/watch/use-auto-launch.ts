import type { App } from '@osiris/contracts';
import { useEffect, useRef } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { useLaunch } from '../shelf/use-launch';
import type { Stage } from './phases';

/** What the register page leaves in the history entry of the watch page it leads to. */
export interface WatchState {
  launchWhenBuilt?: boolean;
}

/** Who has just registered an app wants to see it run: the first launch goes by itself, once. */
export function useAutoLaunch(app: App, stage: Stage): void {
  const state = useLocation().state as WatchState | null;
  const navigate = useNavigate();
  const { mutate } = useLaunch();
  const gone = useRef(false);
  const due = state?.launchWhenBuilt === true && stage === 'idle' && app.latestLaunch === null;

  useEffect(() => {
    if (!due || gone.current) return;
    gone.current = true;
    void navigate('.', { replace: true, state: null, preventScrollReset: true });
    mutate({ appId: app.id });
  }, [due, app.id, mutate, navigate]);
}
