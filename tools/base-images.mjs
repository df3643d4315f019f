/** Makes sure that the base images of docker/base-images are on the engine at DOCKER_HOST: `node tools/base-images.mjs`. */
import { ensureBaseImages } from './launcher/base-images.mjs';
import { complain, Complaint, say, step } from './launcher/console.mjs';
import { answeringEngine } from './launcher/engine.mjs';

try {
  const host = await answeringEngine(process.env);
  if (!host) throw new Complaint('no container engine answers; set DOCKER_HOST, or run npm start, which brings one');
  await step('base images', () => ensureBaseImages(host, say));
} catch (error) {
  process.exitCode = complain(error);
}
