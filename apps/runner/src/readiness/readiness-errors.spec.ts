import { neverReady, onLoopbackOnly, type Silence } from './readiness-errors';

const silence = (more: Partial<Silence> = {}): Silence => ({ declared: [8080], limitMs: 60_000, outcomes: new Map([[8080, 'closed']]), seen: [], ...more });
const any = (port: number) => ({ port, reach: 'any' as const });
const loopback = (port: number) => ({ port, reach: 'loopback' as const });

describe('what is told of an app that gave no answer', () => {
  it('names the ports that were open, each as it was', () => {
    const { code, message } = neverReady(silence({ outcomes: new Map([[8080, 'closed'], [5432, 'closed']]), seen: [any(5432), loopback(9229), loopback(6379)] }));
    expect(code).toBe('APP_NOT_LISTENING');
    expect(message).toContain('did not listen on port 8080 within 60 s. Open in its container: port 5432; ports 6379, 9229 on 127.0.0.1 only.');
  });

  it('says that none was open, and nothing of what could not be seen', () => {
    expect(neverReady(silence()).message).toContain('No port was open in its container.');
    const unseen = neverReady(silence({ declared: [], seen: null })).message;
    expect(unseen).toContain('did not listen on any port');
    expect(unseen).not.toContain('open');
  });

  it('is of the loopback where that is all there is', () => {
    for (const error of [neverReady(silence({ seen: [loopback(3000), loopback(9229)] })), onLoopbackOnly([loopback(9229), loopback(3000)])]) {
      expect(error).toMatchObject({ code: 'APP_NOT_LISTENING', message: expect.stringContaining('ports 3000, 9229 of 127.0.0.1 only') as string });
    }
  });

  it('tells a port that answers nothing from one that answers something else', () => {
    const silent = neverReady(silence({ outcomes: new Map([[8080, 'silent']]), seen: [any(8080), loopback(9229)] }));
    expect(silent).toMatchObject({ code: 'START_TIMEOUT', message: 'Port 8080 takes connections but gave no HTTP answer within 60 s. Open in its container: port 9229 on 127.0.0.1 only.' });
    expect(neverReady(silence({ outcomes: new Map([[8080, 'garbled']]), seen: [any(8080)] })).message).toBe('Port 8080 answers, but not in HTTP within 60 s.');
  });

  it('does not list a thousand', () => {
    const { message } = neverReady(silence({ seen: Array.from({ length: 1_000 }, (_, at) => any(20_000 + at)) }));
    expect(message).toContain('and 990 more');
  });
});
