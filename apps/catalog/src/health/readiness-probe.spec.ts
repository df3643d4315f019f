import type { DependencyState, Readiness } from '@osiris/contracts';
import { judge } from './readiness-probe';

const ready = (status: Readiness['status'], dependencies: Record<string, DependencyState>): string => JSON.stringify({ status, service: 'runner', dependencies });

describe('what a readiness says of a service', () => {
  it.each<[string, number, string, { status: string; message: string }]>([
    ['nothing amiss', 200, ready('ready', { nats: { status: 'up' }, store: { status: 'up', message: 'local folder' } }), { status: 'healthy', message: '' }],
    [
      'a part that is up and should be mended',
      200,
      ready('ready', { isolation: { status: 'up', message: 'm', warning: 'iptables is not installed' } }),
      { status: 'healthy', message: 'isolation: iptables is not installed' },
    ],
    ['a part that waits', 200, ready('waiting', { engine: { status: 'waiting', message: 'none' }, nats: { status: 'up' } }), { status: 'degraded', message: 'engine: none' }],
    ['an answer that is no readiness', 503, 'oops', { status: 'degraded', message: '/readyz answers 503' }],
  ])('%s', (_what, status, body, expected) => expect(judge(status, body)).toEqual(expected));
});
