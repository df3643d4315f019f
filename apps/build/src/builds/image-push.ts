import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { buildJob, DomainError } from '@osiris/contracts';
import { EngineConnection, pushImage, type TransferProgress } from '@osiris/engine';
import { ENV } from '@osiris/service-kit';
import type { BuildEnv } from '../env';
import type { BuildLog } from './build-logs';

/** Between two lines of a layer's progress, in milliseconds. */
const PROGRESS_INTERVAL_MS = 3_000;

/** Brings images to the registry, where one is set. */
@Injectable()
export class ImagePush {
  constructor(
    private readonly engine: EngineConnection,
    @Inject(ENV) private readonly env: BuildEnv,
  ) {}

  /**
   * Pushes without a word and without a second try.
   * @returns the manifest's digest; null where no registry is set
   * @throws DomainError IMAGE_PUSH_REFUSED, REGISTRY_UNAVAILABLE, ENGINE_UNAVAILABLE; the signal's reason
   */
  async push(reference: string, signal: AbortSignal, onProgress?: (progress: TransferProgress) => void): Promise<string | null> {
    const registry = this.env.REGISTRY_URL;
    if (!registry) return null;
    return (await pushImage(this.engine, reference, { registry, signal, ...(onProgress ? { onProgress } : {}) })).digest;
  }

  /**
   * Pushes as a step of the build's log. A registry that does not answer is tried again after the same pauses as a job:
   * the image is built, and the log is still open. Throws as `push`.
   */
  async pushTold(reference: string, log: BuildLog, signal: AbortSignal): Promise<string | null> {
    if (!this.env.REGISTRY_URL) return null;
    const step = await log.step(`push ${reference}`);
    const pauses = [...buildJob.backoffMs];
    for (;;) {
      try {
        const digest = await this.push(reference, signal, thinned((text) => void step.say(text)));
        await step.end('done', `DONE ${digest ?? ''}`);
        return digest;
      } catch (error) {
        const pause = error instanceof DomainError && error.code === 'REGISTRY_UNAVAILABLE' ? pauses.shift() : undefined;
        const message = error instanceof DomainError ? error.message : 'the push was ended';
        if (pause === undefined) {
          await step.end('failed', `ERROR: ${message}`);
          throw error;
        }
        await step.say(`${message}. It is tried again in ${pause / 1000} s.`);
        await sleep(pause, undefined, { signal });
      }
    }
  }
}

/** A layer's change of state at once, its bytes only now and then. */
function thinned(say: (text: string) => void): (progress: TransferProgress) => void {
  const told = new Map<string | null, { status: string; at: number }>();
  return ({ layer, status, bytes, totalBytes }) => {
    const last = told.get(layer);
    const now = performance.now();
    if (last && last.status === status && now - last.at < PROGRESS_INTERVAL_MS) return;
    told.set(layer, { status, at: now });
    const amount = bytes && totalBytes ? ` ${(bytes / 1e6).toFixed(2)}MB / ${(totalBytes / 1e6).toFixed(2)}MB` : '';
    say(`${layer ? `${layer}: ` : ''}${status}${amount}`);
  };
}
