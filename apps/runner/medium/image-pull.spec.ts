import { launchJob, type LaunchJob } from '@osiris/contracts';
import { EngineImages, parseRegistryUrl, pushImage, type Registry, registryReference } from '@osiris/engine';
import { startRegistry, type TestRegistry } from '@osiris/testing';
import { newId, TestRunner, web } from './test-runner';

jest.setTimeout(60_000);

let server: TestRegistry;
let registry: Registry;
let runner: TestRunner;
let images: EngineImages;
const references: string[] = [];

beforeAll(async () => {
  [server, runner] = await Promise.all([startRegistry({ password: true }), TestRunner.start()]);
  registry = parseRegistryUrl(server.url);
  images = new EngineImages(runner.engine);
  await runner.down();
  await runner.up({ REGISTRY_URL: server.url });
});
afterAll(async () => {
  await runner.stop();
  for (const reference of references) await images.removeImage(reference);
  await server.stop();
});

/** An image that only the registry has. */
async function pushed(script: string): Promise<string> {
  const made = await runner.image(script);
  const reference = registryReference(registry, `osiris-test/${newId()}:1`);
  references.push(reference);
  await images.tagImage(made, reference);
  await pushImage(runner.engine, reference, { registry });
  await runner.forget(made);
  await images.removeImage(reference);
  expect(await images.inspectImage(reference)).toBeNull();
  return reference;
}
async function launch(imageReference: string): Promise<LaunchJob> {
  const job = runner.job(imageReference, { port: 8080 });
  await runner.hub.enqueue(launchJob.subject, job);
  return job;
}

it('an image that only the registry has is pulled and runs, also for two launches that begin together', async () => {
  const reference = await pushed(web(8080));
  const jobs = await Promise.all([launch(reference), launch(reference)]);
  for (const { launchId } of jobs) {
    await runner.hub.told(launchId, 'running', 30_000);
    const route = await runner.route(launchId);
    expect(await (await fetch(`http://${route?.host}:8080/`)).text()).toBe('hello\n');
  }
  expect((await images.inspectImage(reference))?.references).toEqual([reference]);

  // Removed while the runner remembers what it says of itself: pulled again.
  for (const job of jobs) await runner.requestStop(job);
  for (const { launchId } of jobs) await runner.hub.told(launchId, 'ended');
  await images.removeImage(reference);
  const again = await launch(reference);
  await runner.hub.told(again.launchId, 'running', 30_000);
});

it('an image that neither the engine nor the registry has is gone, and so is one of no registry or another', async () => {
  for (const reference of [registryReference(registry, 'osiris-test/none:1'), 'osiris-test/none:1', '127.0.0.1:1/osiris-test/none:1']) {
    const { launchId } = await launch(reference);
    expect((await runner.hub.told(launchId, 'ended')).error).toMatchObject({ code: 'IMAGE_GONE' });
  }
});

it('a registry that is away is waited for', async () => {
  const reference = await pushed(web(8080));
  await server.kill();
  const { launchId } = await launch(reference);
  await runner.hub.told(launchId, 'starting');
  await server.restart();
  await runner.hub.told(launchId, 'running', 40_000);
});
