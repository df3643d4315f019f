import type { App, Build } from '@osiris/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import type { ApiError } from '../api/api-error';
import { appsApi } from '../api/apps.api';
import { type BuildOptions, buildsApi } from '../api/builds.api';
import { keys } from '../api/query-keys';
import { type KnownEvent, patchApp } from '../events/event-cache';

/** Fetch again, build again, cancel a build, choose another Dockerfile, remove. The answer is shown at once; the events say the rest. */
export function useAppActions(app: App) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const show = (event: KnownEvent): void => {
    client.setQueriesData<App>({ queryKey: keys.oneApp }, (known) => known && patchApp(known, event));
    void client.invalidateQueries({ queryKey: keys.history(app.id) });
  };
  const showBuild = (build: Build): void => show({ type: 'build.updated', build });

  const retry = useMutation<App, ApiError, void>({
    mutationFn: () => appsApi.retry(app.id),
    onSuccess: (changed) => show({ type: 'app.updated', app: changed }),
  });
  const build = useMutation<Build, ApiError, BuildOptions | void>({ mutationFn: (options) => buildsApi.create(app.id, options ?? {}), onSuccess: showBuild });
  const cancelBuild = useMutation<Build, ApiError, string>({ mutationFn: (id) => buildsApi.cancel(id), onSuccess: showBuild });
  /** Null: the hub chooses. */
  const chooseDockerfile = useMutation<App, ApiError, string | null>({
    mutationFn: (dockerfilePath) => appsApi.update(app.id, { dockerfilePath }),
    onSuccess: (changed) => show({ type: 'app.updated', app: changed }),
  });
  /** Pinned: seats of it are kept ready before those of others. */
  const pin = useMutation<App, ApiError, boolean>({
    mutationFn: (pinned) => appsApi.update(app.id, { pinned }),
    onSuccess: (changed) => show({ type: 'app.updated', app: changed }),
  });
  const remove = useMutation<void, ApiError, void>({
    mutationFn: () => appsApi.remove(app.id),
    onSuccess() {
      void client.invalidateQueries({ queryKey: keys.apps });
      void navigate('/', { replace: true });
    },
  });
  return { retry, build, cancelBuild, chooseDockerfile, pin, remove };
}
