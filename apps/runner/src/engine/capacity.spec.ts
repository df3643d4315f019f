import { capacityOf, runnerIdOf } from './capacity';

const GIB = 1024 ** 3;
const host = { id: 'ENGINE', cpus: 2, memoryBytes: 8 * GIB, seccomp: true, userNamespaces: false };

describe('capacityOf', () => {
  it('fills three quarters of the memory with small launches', () => {
    expect(capacityOf(host, undefined)).toBe(12);
  });

  it('takes what is configured, and never less than one', () => {
    expect(capacityOf(host, 3)).toBe(3);
    expect(capacityOf({ ...host, memoryBytes: GIB / 4 }, undefined)).toBe(1);
  });
});

describe('runnerIdOf', () => {
  it('is stable, and differs by engine and by hub', () => {
    expect(runnerIdOf('a', 'b')).toBe(runnerIdOf('a', 'b'));
    expect(new Set([runnerIdOf('a', 'b'), runnerIdOf('b', 'a'), runnerIdOf('ab', '')]).size).toBe(3);
  });
});
