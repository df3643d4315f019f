/* global jest */
// What waits for real processes on a busy machine may come too late once. A second attempt is reported as such (see
// counts.mjs); what fails twice is broken.
jest.retryTimes(1, { logErrorsBeforeRetry: true });
