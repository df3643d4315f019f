import { stateFrom } from './hub-readiness.service';

describe('what a service says, summed up', () => {
  const jobs = { status: 'waiting' as const, message: 'no container engine answers' };
  it.each([
    ['ready', { nats: { status: 'up' as const } }, true, { status: 'up' }],
    ['waiting', { nats: { status: 'up' as const }, jobs }, false, { status: 'waiting', message: 'jobs: no container engine answers' }],
    ['unready', { nats: { status: 'down' as const } }, false, { status: 'waiting', message: 'nats: down' }],
    ['unready', { database: { status: 'down' as const, message: 'gone' } }, true, { status: 'down', message: 'database: gone' }],
  ] as const)('%s %j', (status, dependencies, needed, state) => {
    expect(stateFrom({ status, service: 'x', dependencies }, needed)).toEqual(state);
  });
});
