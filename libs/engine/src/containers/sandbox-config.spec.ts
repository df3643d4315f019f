import type { LaunchProfile } from '@osiris/contracts';
import { sandboxConfig, type SandboxSpec } from './sandbox-config';
import { SANDBOX_PROFILES } from './sandbox-profiles';

const spec: SandboxSpec = {
  hubId: 'hub',
  role: 'launch',
  id: 'lch_0000000000',
  appId: 'app_0000000000',
  buildId: 'bld_0000000000',
  attempt: 2,
  expiresAt: '2030-01-01T00:00:00.000Z',
  image: 'osiris/a:1',
  env: { TOKEN: 'a secret = with signs' },
  profile: 'small',
  network: 'osiris-hub',
  readOnlyRoot: false,
  engineCpus: 8,
};

describe('sandboxConfig', () => {
  it.each(Object.keys(SANDBOX_PROFILES) as LaunchProfile[])('limits memory, CPU, processes and /tmp of profile %s', (profile) => {
    const limits = SANDBOX_PROFILES[profile];
    const host = sandboxConfig({ ...spec, profile }).HostConfig;
    expect(host?.Memory).toBe(limits.memoryBytes);
    expect(host?.MemorySwap).toBe(limits.memoryBytes);
    expect(host?.NanoCpus).toBe(limits.cpus * 1e9);
    expect(host?.PidsLimit).toBe(limits.pids);
    expect(host?.Tmpfs?.['/tmp']).toContain(`size=${limits.tmpBytes}`);
  });

  it('never asks for more CPUs than the engine has, which the engine would refuse', () => {
    expect(sandboxConfig({ ...spec, profile: 'large', engineCpus: 1 }).HostConfig?.NanoCpus).toBe(1e9);
  });

  it('drops every capability but those that usual images need to become their own user', () => {
    const host = sandboxConfig(spec).HostConfig;
    expect(host?.CapDrop).toEqual(['ALL']);
    expect(host?.CapAdd).toEqual(['CHOWN', 'DAC_OVERRIDE', 'SETGID', 'SETUID']);
    expect(host?.SecurityOpt).toEqual(['no-new-privileges:true']);
    expect(host?.Privileged).toBe(false);
  });

  it('bounds the log, never restarts and keeps the container for its log', () => {
    const host = sandboxConfig(spec).HostConfig;
    expect(host?.LogConfig).toEqual({ Type: 'json-file', Config: { 'max-size': '32m', 'max-file': '2' } });
    expect(host?.RestartPolicy).toEqual({ Name: 'no' });
    expect(host?.AutoRemove).toBe(false);
    expect(host?.Binds).toBeUndefined();
    expect(host?.PortBindings).toBeUndefined();
  });

  it('puts environment values into the environment and nowhere else', () => {
    const { Env, ...rest } = sandboxConfig(spec);
    expect(Env).toEqual(['TOKEN=a secret = with signs']);
    expect(JSON.stringify(rest)).not.toContain('secret');
    expect(rest.Labels).toMatchObject({ 'io.osiris.attempt': '2', 'io.osiris.expires': spec.expiresAt });
  });
});
