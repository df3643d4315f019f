import type { Launch } from '@osiris/contracts';
import { restartBody, whatRestartKeeps } from './restart';

const launch = { appId: 'app_0000000001', profile: 'medium', expiresAt: '2026-01-01T01:00:00Z' } as Launch;
const now = Date.parse('2026-01-01T00:20:00Z');
const choice = (env: string) => ({ profile: 'medium' as const, minutes: 30, env });

describe('a restart', () => {
  it('keeps size, time left and the environment that this page gave', () => {
    expect(restartBody(launch, choice('NAME=value'), now)).toEqual({ appId: launch.appId, profile: 'medium', ttlSeconds: 2400, env: { NAME: 'value' } });
    expect(restartBody(launch, undefined, now)).toEqual({ appId: launch.appId, profile: 'medium', ttlSeconds: 2400 });
  });

  it('stays within what the hub takes', () => {
    expect(restartBody(launch, undefined, Date.parse('2026-01-01T00:59:59Z')).ttlSeconds).toBe(60);
    expect(restartBody(launch, undefined, Date.parse('2025-01-01T00:00:00Z')).ttlSeconds).toBe(86_400);
  });

  it('says what is not kept', () => {
    expect(whatRestartKeeps(undefined)).toContain('not kept');
    expect(whatRestartKeeps(choice(''))).toBe('It keeps its size and its time left.');
    expect(whatRestartKeeps(choice('A=b'))).toContain('its environment');
  });
});
