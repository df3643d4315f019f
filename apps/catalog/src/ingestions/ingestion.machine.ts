import { ignored, type Machine, to } from '../lifecycle/state-machine';

/** `superseded`: a newer ingestion of the same app took its place. */
export type IngestionState = 'pending' | 'processing' | 'ready' | 'failed' | 'superseded';

export type IngestionEvent =
  /** A worker began (also on each redelivery). */
  | 'started'
  | 'progressed'
  | 'completed'
  /** The commit is the one that the entry was read from: it stands as it is, and nothing is built. */
  | 'unchanged'
  /** This delivery failed, another will come. */
  | 'stumbled'
  | 'failed'
  /** The job was given up by the queue. */
  | 'abandoned'
  /** The job got lost: enqueue it anew. */
  | 'requeued'
  | 'superseded';

export type IngestionEffect =
  /** Event `ingestion.updated` and a line in the history. */
  | 'report'
  /** Event `app.updated`. */
  | 'app'
  /** Job `jobs.ingest.v1`. */
  | 'enqueue'
  /** A build of the commit, unless that was built already. */
  | 'build';

/**
 * pending ──started──▶ processing ──completed, unchanged──▶ ready
 *    ▲                     │ ├──stumbled──▶ processing (waits for its next delivery)
 *    └──────requeued───────┘ └──failed, abandoned──▶ failed
 */
export const ingestionMachine: Machine<IngestionState, IngestionEvent, IngestionEffect> = {
  pending: {
    started: to('processing', 'report', 'app'),
    progressed: to('processing', 'report', 'app'), // its "started" was lost with an emptied NATS
    completed: to('ready', 'report', 'app', 'build'),
    unchanged: to('ready', 'report', 'app'),
    stumbled: to('processing', 'report', 'app'),
    failed: to('failed', 'report', 'app'),
    abandoned: to('failed', 'report', 'app'),
    requeued: to('pending', 'enqueue', 'report'),
    superseded: to('superseded', 'report'),
  },
  processing: {
    started: to('processing', 'report', 'app'),
    progressed: to('processing', 'report'),
    completed: to('ready', 'report', 'app', 'build'),
    unchanged: to('ready', 'report', 'app'),
    stumbled: to('processing', 'report', 'app'),
    failed: to('failed', 'report', 'app'),
    abandoned: to('failed', 'report', 'app'),
    requeued: to('pending', 'enqueue', 'report', 'app'),
    superseded: to('superseded', 'report'),
  },
  ready: {
    started: ignored,
    progressed: ignored,
    completed: ignored,
    unchanged: ignored,
    stumbled: ignored,
    failed: ignored,
    abandoned: ignored,
    requeued: ignored,
    superseded: ignored,
  },
  failed: {
    started: ignored,
    progressed: ignored,
    completed: ignored,
    unchanged: ignored,
    stumbled: ignored,
    failed: ignored,
    abandoned: ignored,
    requeued: ignored,
    superseded: ignored,
  },
  superseded: {
    started: ignored,
    progressed: ignored,
    completed: ignored,
    unchanged: ignored,
    stumbled: ignored,
    failed: ignored,
    abandoned: ignored,
    requeued: ignored,
    superseded: ignored,
  },
};
