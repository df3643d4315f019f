import { TestHub } from './test-hub';
import { engineLeftovers } from './engine-leftovers';

/** What the specs sign webhooks with. */
export const WEBHOOK_SECRET = 'the secret of the webhooks of these tests';

/** Starts the hub that the specs share, and returns what ends it and looks whether anything stayed. */
export default async function globalSetup(): Promise<() => Promise<void>> {
  const hub = await TestHub.start({
    // A RUN that never ends and an app that never answers are scenarios: they must not take minutes.
    BUILD_TIMEOUT_SECONDS: '25',
    LAUNCH_START_TIMEOUT_SECONDS: '12',
    INGEST_BACKOFF_MS: '1000',
    // That a signed address expires is to be seen.
    ARTIFACT_DOWNLOAD_SECONDS: '5',
    // The specs serve git over HTTP on loopback; what is refused by default is shown on a second hub.
    GIT_ALLOW_PRIVATE_HOSTS: 'true',
    GITHUB_WEBHOOK_SECRET: WEBHOOK_SECRET,
  });
  process.env.E2E_HUB = JSON.stringify(hub.facts);
  return async () => {
    const run = hub.files.run();
    const left = await hub.stop();
    if (run?.dockerHost && run.hubId) left.push(...(await engineLeftovers(run.dockerHost, run.hubId, 'containers')));
    await hub.remove();
    if (run?.dockerHost && run.hubId) left.push(...(await engineLeftovers(run.dockerHost, run.hubId, 'images')));
    if (left.length > 0) throw new Error(`the hub left behind:\n${left.join('\n')}`);
  };
}
