import type { BuildStatus } from '@osiris/contracts';
import { ignored, type Machine, refused, to } from '../lifecycle/state-machine';

export type BuildState = BuildStatus;

export type BuildEvent =
  | 'started'
  | 'succeeded'
  | 'failed'
  /** The worker has stopped because of a cancel; brings the log of what was done. */
  | 'canceled'
  /** Somebody asked, or the app is being deleted. */
  | 'cancelRequested'
  /** The job was given up by the queue. */
  | 'abandoned'
  /** The job got lost: it waits for its turn anew. */
  | 'requeued';

export type BuildEffect =
  /** Event `build.updated`; workers hear a cancel by it. */
  | 'report'
  /** Back into the queue, as the next attempt: job `jobs.build.v1` once it is its turn (`build-queue.ts`). */
  | 'enqueue'
  /** Keep the image that was built. */
  | 'image'
  /** Keep number of lines, bytes and the artifact of the log. */
  | 'log'
  /** Job `jobs.image-removal.v1`: the image came too late to be wanted. */
  | 'discardImage';

/**
 * pending ──started──▶ running ──succeeded──▶ succeeded
 *    │ ▲                 │ │ └──failed, abandoned──▶ failed
 *    │ └────requeued─────┘ └──cancelRequested──▶ canceled
 *    └──cancelRequested──▶ canceled
 *
 * What `pending` waits for:
 *   its turn (no job, watches none) ──dispatched──▶ a builder (its job is out) ──leased, started──▶ running
 *   the end of a build of the same inputs (`watches`)
 *     ──that one succeeded──▶ its turn: the job finds the image ready
 *     ──that one failed for what both begin with──▶ failed, likewise
 *     ──that one was canceled, or failed for itself──▶ its turn; the others that watched now watch this one
 */
export const buildMachine: Machine<BuildState, BuildEvent, BuildEffect> = {
  pending: {
    started: to('running', 'report'),
    succeeded: to('succeeded', 'image', 'log', 'report'), // its "started" was lost with an emptied NATS
    failed: to('failed', 'log', 'report'),
    canceled: to('canceled', 'log', 'report'),
    cancelRequested: to('canceled', 'report'),
    abandoned: to('failed', 'report'),
    requeued: to('pending', 'enqueue', 'report'),
  },
  running: {
    started: to('running', 'report'), // delivered again: begins anew
    succeeded: to('succeeded', 'image', 'log', 'report'),
    failed: to('failed', 'log', 'report'),
    canceled: to('canceled', 'log', 'report'),
    cancelRequested: to('canceled', 'report'),
    abandoned: to('failed', 'report'),
    requeued: to('pending', 'enqueue', 'report'),
  },
  succeeded: {
    started: ignored,
    succeeded: ignored,
    failed: ignored,
    canceled: ignored,
    cancelRequested: refused,
    abandoned: ignored,
    requeued: ignored,
  },
  failed: {
    started: ignored,
    succeeded: ignored,
    failed: ignored,
    canceled: ignored,
    cancelRequested: refused,
    abandoned: ignored,
    requeued: ignored,
  },
  canceled: {
    started: ignored,
    succeeded: to('canceled', 'discardImage', 'log', 'report'),
    failed: to('canceled', 'log', 'report'),
    canceled: to('canceled', 'log', 'report'),
    cancelRequested: ignored, // asked twice: it is canceled
    abandoned: ignored,
    requeued: ignored,
  },
};
