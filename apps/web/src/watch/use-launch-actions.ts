import type { App, Launch } from '@osiris/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ApiError } from '../api/api-error';
import { launchesApi } from '../api/launches.api';
import { keys } from '../api/query-keys';
import { patchAppByAnswer, unlessOvertaken } from '../events/event-cache';

const EXTENSION_SECONDS = 1_800;
const LONGEST_SECONDS = 86_400;

/** The hub counts from now, who presses the button from what is left. */
function secondsWithMore(launch: Launch): number {
  const left = Math.max(0, Math.ceil((Date.parse(launch.expiresAt) - Date.now()) / 1000));
  return Math.min(left + EXTENSION_SECONDS, LONGEST_SECONDS);
}

/** Stop, restart and extend a launch. The answer is shown at once; the events say the rest. */
export function useLaunchActions(launch: Launch) {
  const client = useQueryClient();
  const show = (changed: Launch | undefined): void => {
    if (!changed) return;
    client.setQueryData<Launch>(keys.launch(changed.id), (known) => unlessOvertaken(changed, known));
    client.setQueriesData<App>({ queryKey: keys.oneApp }, (app) => app && patchAppByAnswer(app, changed));
    void client.invalidateQueries({ queryKey: keys.launches });
  };

  const stop = useMutation<Launch, ApiError, void>({ mutationFn: () => launchesApi.stop(launch.id), onSuccess: show });
  const restart = useMutation<Launch, ApiError, void>({ mutationFn: () => launchesApi.restart(launch.id), onSuccess: show });
  const extend = useMutation<Launch, ApiError, void>({ mutationFn: () => launchesApi.extend(launch.id, secondsWithMore(launch)), onSuccess: show });
  return { stop, restart, extend };
}
