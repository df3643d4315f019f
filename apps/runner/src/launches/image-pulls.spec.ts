import { Readable } from 'node:stream';
import { type EngineConnection, parseRegistryUrl } from '@osiris/engine';
import type { Logger } from '@osiris/service-kit';
import type { RunnerEnv } from '../env';
import { ImagePulls } from './image-pulls';

const REFERENCE = 'registry.example.com/osiris/a/b:1';
const DONE = `${JSON.stringify({ status: `Digest: sha256:${'a'.repeat(64)}` })}\n`;

/** An engine whose pulls end as `answers` say, one after the other. */
function pullsOf(...answers: string[]) {
  let asked = 0;
  const createImage = () => Promise.resolve(Readable.from([Buffer.from(answers[asked++] ?? DONE)]));
  const engine = { docker: { createImage } } as unknown as EngineConnection;
  const env = { REGISTRY_URL: parseRegistryUrl('https://registry.example.com') } as RunnerEnv;
  const logger = { info: () => undefined } as unknown as Logger;
  return { pulls: new ImagePulls(engine, env, logger), asked: () => asked };
}
const running = (): AbortSignal => new AbortController().signal;

describe('ImagePulls', () => {
  it('pulls an image once for all that ask at the same time, and again for who asks later', async () => {
    const { pulls, asked } = pullsOf();
    await Promise.all([pulls.pull(REFERENCE, running()), pulls.pull(REFERENCE, running()), pulls.pull(`${REFERENCE}2`, running())]);
    expect(asked()).toBe(2);
    await pulls.pull(REFERENCE, running());
    expect(asked()).toBe(3);
  });

  it('fails for all that wait, and is tried anew for the next', async () => {
    const { pulls, asked } = pullsOf('{"error":"received unexpected HTTP status: 503 Service Unavailable"}\n');
    const both = await Promise.allSettled([pulls.pull(REFERENCE, running()), pulls.pull(REFERENCE, running())]);
    expect(both).toEqual([expect.objectContaining({ status: 'rejected' }), expect.objectContaining({ status: 'rejected' })]);
    await expect(pulls.pull(REFERENCE, running())).resolves.toBeUndefined();
    expect(asked()).toBe(2);
  });

  it('takes the images of its own registry alone', () => {
    const { pulls } = pullsOf();
    expect(pulls.canPull(REFERENCE)).toBe(true);
    expect(pulls.canPull('osiris/a/b:1')).toBe(false);
    expect(pulls.canPull('registry.example.com.evil.example/a/b:1')).toBe(false);
  });
});
