import { cgroupFiles, usageOf } from './cgroup-usage';
import { cpuPercent } from './usage';

const ID = 'c'.repeat(64);

describe('cgroupFiles', () => {
  it('finds the files of version 1, and those of version 2 where that is all there is', () => {
    const v1 = `12:pids:/docker/${ID}\n11:cpu,cpuacct:/docker/${ID}\n4:memory:/docker/${ID}\n1:name=systemd:/docker/${ID}\n0::/docker/${ID}\n`;
    expect(cgroupFiles(v1, ID)).toEqual({
      version: 1,
      memory: `/sys/fs/cgroup/memory/docker/${ID}/memory.usage_in_bytes`,
      memoryStat: `/sys/fs/cgroup/memory/docker/${ID}/memory.stat`,
      cpu: `/sys/fs/cgroup/cpuacct/docker/${ID}/cpuacct.usage`,
      pids: `/sys/fs/cgroup/pids/docker/${ID}/pids.current`,
    });
    expect(cgroupFiles(`0::/system.slice/docker-${ID}.scope\n`, ID)).toMatchObject({ version: 2, memory: `/sys/fs/cgroup/system.slice/docker-${ID}.scope/memory.current` });
  });

  it('counts the whole container where its init is in a group below', () => {
    expect(cgroupFiles(`0::/docker/${ID}/init.scope\n`, ID)?.pids).toBe(`/sys/fs/cgroup/docker/${ID}/pids.current`);
  });

  it('takes no other process for the container, and no path that leads upwards', () => {
    expect(cgroupFiles('0::/user.slice/session-1.scope\n', ID)).toBeNull();
    expect(cgroupFiles(`0::/../../docker/${ID}\n`, ID)).toBeNull();
    expect(cgroupFiles('nonsense', ID)).toBeNull();
  });
});

describe('usageOf', () => {
  it('leaves the page cache out, in both versions', () => {
    const v1 = usageOf(1, { memory: '1000\n', stat: 'cache 5\ninactive_file 1\ntotal_inactive_file 300\n', cpu: '5000000\n', pids: '7\n' });
    expect(v1).toEqual({ memoryBytes: 700, cpuNanoseconds: 5_000_000, pids: 7 });
    const v2 = usageOf(2, { memory: '1000\n', stat: 'anon 5\ninactive_file 200\n', cpu: 'usage_usec 5000\nuser_usec 1\n', pids: '7\n' });
    expect(v2).toEqual({ memoryBytes: 800, cpuNanoseconds: 5_000_000, pids: 7 });
  });

  it('says nothing where a number is missing', () => {
    expect(usageOf(2, { memory: '', stat: '', cpu: 'usage_usec 1\n', pids: '1' })).toBeNull();
    expect(usageOf(2, { memory: '1', stat: '', cpu: 'user_usec 1\n', pids: '1' })).toBeNull();
  });
});

describe('cpuPercent', () => {
  const sample = (atMs: number, cpuMs: number) => ({ atMs, cpuNanoseconds: cpuMs * 1e6, memoryBytes: 0, pids: 0 });

  it('is of one CPU', () => {
    expect(cpuPercent(sample(1_000, 50), sample(3_000, 3_050))).toBe(150);
    expect(cpuPercent(sample(1_000, 50), sample(3_000, 75))).toBe(1.3);
  });

  it('is nothing where no time has passed or the counter began anew', () => {
    expect(cpuPercent(sample(1_000, 50), sample(1_000, 90))).toBe(0);
    expect(cpuPercent(sample(1_000, 50), sample(2_000, 10))).toBe(0);
  });
});
