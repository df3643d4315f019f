import type { VerificationStatus } from '@osiris/contracts';
import { ignored, type Machine, to } from '../lifecycle/state-machine';

export type VerificationEvent =
  /** A runner began. */
  | 'started'
  /** It came up, and was looked at. */
  | 'passed'
  /** It did not come up. */
  | 'failed'
  /** A launch of the build runs: whatever was seen before, it comes up. */
  | 'seenRunning'
  /** The job was given up by the queue. */
  | 'abandoned'
  /** The job got lost: enqueue it anew. */
  | 'requeued';

export type VerificationEffect =
  /** Events `build.updated` and, where it has ended, `app.updated`. */
  | 'report'
  /** Job `jobs.verify.v1`, as the next attempt. */
  | 'enqueue';

/**
 * pending ──started──▶ running ──passed──▶ passed ◀──seenRunning── failed
 *    ▲                    │ └──failed, abandoned──▶ failed
 *    └─────requeued───────┘
 *
 * skipped: the operator does not want such runs.
 */
export const verificationMachine: Machine<VerificationStatus, VerificationEvent, VerificationEffect> = {
  pending: {
    started: to('running', 'report'),
    passed: to('passed', 'report'),
    failed: to('failed', 'report'),
    seenRunning: ignored, // it is looked at all the same: there is no picture yet
    abandoned: to('failed', 'report'),
    requeued: to('pending', 'enqueue'),
  },
  running: {
    started: ignored, // delivered again: begins anew
    passed: to('passed', 'report'),
    failed: to('failed', 'report'),
    seenRunning: ignored,
    abandoned: to('failed', 'report'),
    requeued: to('pending', 'enqueue', 'report'),
  },
  passed: {
    started: ignored,
    passed: ignored,
    failed: ignored,
    seenRunning: ignored,
    abandoned: ignored,
    requeued: ignored,
  },
  failed: {
    started: ignored,
    passed: ignored,
    failed: ignored,
    seenRunning: to('passed', 'report'),
    abandoned: ignored,
    requeued: ignored,
  },
  skipped: {
    started: ignored,
    passed: ignored,
    failed: ignored,
    seenRunning: to('passed', 'report'),
    abandoned: ignored,
    requeued: ignored,
  },
};
