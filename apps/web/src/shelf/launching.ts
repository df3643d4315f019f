import { createContext, useCallback, useMemo } from 'react';
import { useLaunch } from './use-launch';

/** Launching from a field of cards: one at a time. */
export interface Launching {
  launch(appId: string, slug: string): void;
  /** Of the app whose launch is being asked for. */
  pendingId: string | null;
  failed: { appId: string; message: string } | null;
}

export const LaunchingContext = createContext<Launching | null>(null);

export function useLaunching(): Launching {
  const { mutate, isPending, isError, error, variables } = useLaunch();
  const appId = variables?.appId;
  const launch = useCallback(
    (id: string, slug: string) => {
      if (!isPending) mutate({ appId: id, slug });
    },
    [mutate, isPending],
  );
  return useMemo(
    () => ({
      launch,
      pendingId: isPending && appId ? appId : null,
      failed: isError && appId ? { appId, message: error.message } : null,
    }),
    [launch, isPending, isError, error, appId],
  );
}
