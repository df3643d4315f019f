import { healthGraceMs, hopelessLoopbackPort, portsToTry, probeDelayMs, saysWell, usablePath } from './probe-schedule';

describe('probeDelayMs', () => {
  it('knocks often at first and seldom later', () => {
    expect(probeDelayMs(0)).toBe(15);
    expect(probeDelayMs(1_999)).toBe(15);
    expect(probeDelayMs(2_000)).toBe(250);
  });
});

describe('portsToTry', () => {
  it('takes any open port at once where none was named', () => {
    expect(portsToTry([{ port: 3000, reach: 'any', forMs: 0 }], [])).toEqual([3000]);
  });

  it('gives a named port time to come up before another is taken for the app', () => {
    expect(portsToTry([{ port: 9090, reach: 'any', forMs: 1_000 }], [8080])).toEqual([]);
    expect(portsToTry([{ port: 9090, reach: 'any', forMs: 2_000 }], [8080])).toEqual([9090]);
  });

  it('waits longer while the named port listens but does not answer yet', () => {
    const seen = (forMs: number) => [{ port: 8080, reach: 'any', forMs }, { port: 9090, reach: 'any', forMs }] as const;
    expect(portsToTry(seen(5_000), [8080])).toEqual([]);
    expect(portsToTry(seen(10_000), [8080])).toEqual([9090]);
  });

  it('never knocks on a loopback port', () => {
    expect(portsToTry([{ port: 3000, reach: 'loopback', forMs: 60_000 }], [])).toEqual([]);
  });
});

describe('hopelessLoopbackPort', () => {
  it('gives up on a named loopback port soon, on another one late', () => {
    expect(hopelessLoopbackPort([{ port: 3000, reach: 'loopback', forMs: 3_000 }], [3000])).toBe(3000);
    expect(hopelessLoopbackPort([{ port: 3000, reach: 'loopback', forMs: 3_000 }], [])).toBeUndefined();
    expect(hopelessLoopbackPort([{ port: 3000, reach: 'loopback', forMs: 15_000 }], [])).toBe(3000);
  });

  it('has hope while anything is open', () => {
    expect(hopelessLoopbackPort([{ port: 3000, reach: 'loopback', forMs: 60_000 }, { port: 80, reach: 'any', forMs: 1 }], [3000])).toBeUndefined();
  });
});

describe('the health check of an app', () => {
  it('says that it is well by success and by a redirect', () => {
    expect([200, 204, 302, 308].map(saysWell)).toEqual([true, true, true, true]);
    expect([null, 101, 400, 401, 404, 500, 503].map(saysWell)).toEqual([false, false, false, false, false, false, false]);
  });

  it('is believed longest where it says "not yet", and not at all where it says nothing', () => {
    expect(healthGraceMs(503)).toBeGreaterThan(healthGraceMs(404));
    expect(healthGraceMs(404)).toBeGreaterThan(0);
    expect(healthGraceMs(null)).toBe(0);
  });

  it('is asked for only where it is a path', () => {
    expect(['/', '/healthz', '/api/health?full=1'].map(usablePath)).toEqual(['/', '/healthz', '/api/health?full=1']);
    for (const path of [null, undefined, '', 'healthz', '//evil.example/x', '/a b', '/a\r\nX: y', '/\u00e9', `/${'x'.repeat(2_000)}`]) expect(usablePath(path)).toBeNull();
  });
});
