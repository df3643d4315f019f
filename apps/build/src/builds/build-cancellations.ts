import { Inject, Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Change, changeSubject } from '@osiris/contracts';
import { decodeJson, LOGGER, type Logger, Nats } from '@osiris/service-kit';
import { z } from 'zod';

const BuildChange = z.object({ build: z.object({ id: z.string(), status: z.string() }) });

/** Hears of canceled builds at once; the lease's renewal, which tells the same, comes only every few seconds. */
@Injectable()
export class BuildCancellations implements OnModuleInit, OnModuleDestroy {
  private readonly running = new Map<string, AbortController>();
  private unsubscribe: () => void = () => undefined;

  constructor(
    private readonly nats: Nats,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onModuleInit(): void {
    const subscription = this.nats.connection.subscribe(changeSubject('build.updated'), {
      callback: (error, message) => {
        if (error) this.logger.warn({ err: error }, 'changes of builds cannot be heard');
        else this.hear(message.data);
      },
    });
    this.unsubscribe = () => subscription.unsubscribe();
  }

  onModuleDestroy(): void {
    this.unsubscribe();
  }

  /** Runs `work` with a signal that is aborted when the build is canceled. */
  async during<T>(buildId: string, work: (canceled: AbortSignal) => Promise<T>): Promise<T> {
    const controller = new AbortController();
    this.running.set(buildId, controller);
    try {
      return await work(controller.signal);
    } finally {
      if (this.running.get(buildId) === controller) this.running.delete(buildId);
    }
  }

  private hear(data: Uint8Array): void {
    const decoded = decodeJson(data);
    const change = 'value' in decoded ? Change.safeParse(decoded.value) : null;
    const update = change?.success ? BuildChange.safeParse(change.data.event.data) : null;
    if (update?.success && update.data.build.status === 'canceled') this.running.get(update.data.build.id)?.abort(new Error('The build was canceled'));
  }
}
