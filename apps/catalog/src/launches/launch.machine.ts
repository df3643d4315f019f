import type { LaunchStatus } from '@osiris/contracts';
import { ignored, type Machine, refused, to } from '../lifecycle/state-machine';

export type LaunchState = LaunchStatus;

export type LaunchEvent =
  /** A runner began. */
  | 'starting'
  /** The app answers. */
  | 'running'
  /** The container is gone because that was asked for; `endedExpired` where its time was up. */
  | 'endedStopped'
  | 'endedExpired'
  | 'endedFailed'
  | 'stopRequested'
  /** Its time is up. */
  | 'expired'
  /** The same two of a launch that no runner has ever taken up: nothing runs that a runner would have to end. */
  | 'withdrawn'
  | 'expiredUntaken'
  | 'extendRequested'
  /** Somebody wants it started anew: the same launch, another container. */
  | 'restartRequested'
  /** It waited for room without a job, and has its turn. */
  | 'roomFound'
  /** The runner that should have its container has not. */
  | 'vanished'
  /** The launch job was given up by the queue. */
  | 'abandoned'
  /** The job got lost: enqueue it anew. */
  | 'requeued';

export type LaunchEffect =
  /** Event `launch.updated`. */
  | 'report'
  /** Job `jobs.launch.v1`. */
  | 'enqueueLaunch'
  /** The same job, under the next attempt: it takes the place, and the variables, of the container that is there. */
  | 'enqueueRestart'
  /** The job that was held back while there was no room. */
  | 'sendHeld'
  /** Job `jobs.launch-stop.v1`. */
  | 'enqueueStop'
  /** Take the launch job out of its queue: a runner that comes later would be refused, and the variables lie in it. */
  | 'dropJob'
  /** Blank the variables in the outbox: nobody needs them any more. */
  | 'forgetEnv';

/**
 * pending ──starting──▶ starting ──running──▶ running
 *    └────────────┬─────────┴──────────┬─────────┤
 *                 │ stopRequested, expired       └──endedFailed, vanished──▶ failed
 *                 ▼
 *             stopping ──endedStopped──▶ stopped,  ──endedExpired──▶ expired
 *
 * pending ──withdrawn──▶ stopped,  ──expiredUntaken──▶ expired
 * running ──restartRequested──▶ pending
 *
 * A pending launch without a job waits for room; `roomFound` gives it one and leaves it pending. What has ended stays so:
 * its container, and the variables in it, are gone.
 */
export const launchMachine: Machine<LaunchState, LaunchEvent, LaunchEffect> = {
  pending: {
    starting: to('starting', 'report'),
    running: to('running', 'report', 'forgetEnv'),
    endedStopped: to('stopped', 'report', 'forgetEnv'),
    endedExpired: to('expired', 'report', 'forgetEnv'),
    endedFailed: to('failed', 'report', 'forgetEnv'),
    stopRequested: to('stopping', 'enqueueStop', 'report', 'forgetEnv'),
    expired: to('stopping', 'enqueueStop', 'report', 'forgetEnv'),
    withdrawn: to('stopped', 'dropJob', 'report', 'forgetEnv'),
    expiredUntaken: to('expired', 'dropJob', 'report', 'forgetEnv'),
    extendRequested: to('pending', 'report'),
    restartRequested: ignored, // it is about to start
    roomFound: to('pending', 'sendHeld', 'report'),
    vanished: ignored, // no runner has said that it has it
    abandoned: to('failed', 'report', 'forgetEnv'),
    requeued: to('pending', 'enqueueLaunch', 'report'),
  },
  starting: {
    starting: to('starting', 'report'), // delivered again, perhaps to another runner
    running: to('running', 'report', 'forgetEnv'),
    endedStopped: to('stopped', 'report', 'forgetEnv'),
    endedExpired: to('expired', 'report', 'forgetEnv'),
    endedFailed: to('failed', 'report', 'forgetEnv'),
    stopRequested: to('stopping', 'enqueueStop', 'report', 'forgetEnv'),
    expired: to('stopping', 'enqueueStop', 'report', 'forgetEnv'),
    withdrawn: ignored,
    expiredUntaken: ignored,
    extendRequested: to('starting', 'report'),
    restartRequested: ignored, // it starts
    roomFound: ignored,
    vanished: ignored, // its lease tells
    abandoned: to('failed', 'report', 'forgetEnv'),
    requeued: to('pending', 'enqueueLaunch', 'report'),
  },
  running: {
    starting: ignored,
    running: to('running', 'report'), // the same container at another address, after the engine's restart
    endedStopped: to('stopped', 'report'),
    endedExpired: to('expired', 'report'),
    endedFailed: to('failed', 'report'),
    stopRequested: to('stopping', 'enqueueStop', 'report'),
    expired: to('stopping', 'enqueueStop', 'report'),
    withdrawn: ignored,
    expiredUntaken: ignored,
    extendRequested: to('running', 'report'),
    restartRequested: to('pending', 'enqueueRestart', 'report'),
    roomFound: ignored,
    vanished: to('failed', 'report'),
    abandoned: ignored, // it runs: that its job's acknowledgement failed does not matter
    requeued: ignored,
  },
  stopping: {
    starting: ignored,
    running: ignored,
    endedStopped: to('stopped', 'report'),
    endedExpired: to('expired', 'report'),
    endedFailed: to('stopped', 'report'), // it crashed while being stopped: it is stopped
    stopRequested: ignored, // asked twice
    expired: ignored,
    withdrawn: ignored,
    expiredUntaken: ignored,
    extendRequested: refused,
    restartRequested: refused,
    roomFound: ignored,
    vanished: ignored,
    abandoned: ignored, // the sweeper asks again
    requeued: to('stopping', 'enqueueStop'),
  },
  stopped: {
    starting: ignored,
    running: ignored,
    endedStopped: ignored,
    endedExpired: ignored,
    endedFailed: ignored,
    stopRequested: ignored, // what was wanted is so
    expired: ignored,
    withdrawn: ignored,
    expiredUntaken: ignored,
    extendRequested: refused,
    restartRequested: refused,
    roomFound: ignored,
    vanished: ignored,
    abandoned: ignored,
    requeued: ignored,
  },
  failed: {
    starting: ignored,
    running: ignored,
    endedStopped: ignored,
    endedExpired: ignored,
    endedFailed: ignored,
    stopRequested: ignored,
    expired: ignored,
    withdrawn: ignored,
    expiredUntaken: ignored,
    extendRequested: refused,
    restartRequested: refused,
    roomFound: ignored,
    vanished: ignored,
    abandoned: ignored,
    requeued: ignored,
  },
  expired: {
    starting: ignored,
    running: ignored,
    endedStopped: ignored,
    endedExpired: ignored,
    endedFailed: ignored,
    stopRequested: ignored,
    expired: ignored,
    withdrawn: ignored,
    expiredUntaken: ignored,
    extendRequested: refused,
    restartRequested: refused,
    roomFound: ignored,
    vanished: ignored,
    abandoned: ignored,
    requeued: ignored,
  },
};
