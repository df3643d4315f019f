import type { App, Launch } from '@osiris/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ApiError } from '../api/api-error';
import { launchesApi } from '../api/launches.api';
import { keys } from '../api/query-keys';
import { useGo } from '../layout/go';
import { patchAppByAnswer, unlessOvertaken } from '../events/event-cache';
import { launchBody, type LaunchChoice, usualLaunch } from '../watch/launch-choice';
import { rememberLaunch } from '../watch/launch-memory';
import { watchPath } from '../watch/watch-path';

interface LaunchRequest {
  appId: string;
  /** Where to watch it come up; absent where the page is already there. */
  slug?: string;
  choice?: LaunchChoice;
}

/** Launches an app and goes to where it comes up. */
export function useLaunch() {
  const client = useQueryClient();
  const go = useGo();
  return useMutation<Launch, ApiError, LaunchRequest>({
    mutationFn: ({ appId, choice }) => launchesApi.create(launchBody(appId, choice)),
    onSuccess(launch, { slug, choice = usualLaunch }) {
      rememberLaunch(launch.id, choice);
      client.setQueryData<Launch>(keys.launch(launch.id), (known) => unlessOvertaken(launch, known));
      client.setQueriesData<App>({ queryKey: keys.oneApp }, (app) => app && patchAppByAnswer(app, launch));
      if (slug) void go(watchPath(slug));
    },
  });
}
