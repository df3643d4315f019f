import type { LaunchStats } from '@osiris/contracts';
import { useEffect, useState } from 'react';
import { EventSocket } from '../events/event-socket';

/** Two minutes of figures that come every two seconds. */
const KEPT = 60;

/** What a running launch has used of late, oldest first; it begins with what comes while it is watched. */
export function useLaunchFigures(launchId: string, appId: string): readonly LaunchStats[] {
  const [figures, setFigures] = useState<readonly LaunchStats[]>([]);
  useEffect(() => {
    setFigures([]);
    const socket = new EventSocket({
      types: 'launch.stats',
      subject: appId,
      onEvent({ data }) {
        const stats = data as LaunchStats;
        if (stats.launchId === launchId) setFigures((known) => withFigure(known, stats));
      },
      onState: () => undefined,
      onGap: () => undefined,
    });
    return () => socket.close();
  }, [launchId, appId]);
  return figures;
}

/** The newest at the end, as many as are shown. */
export function withFigure(known: readonly LaunchStats[], stats: LaunchStats): readonly LaunchStats[] {
  return [...known, stats].slice(-KEPT);
}
