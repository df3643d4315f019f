import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { networkInterfaces } from 'node:os';
import { expect, test } from '@playwright/test';
import type { Launch } from '@osiris/contracts';
import { PreviewClient } from '../client/preview-client';
import { sharedHub } from '../hub/shared-hub';
import { probingApp } from '../repositories/fixtures';

const { facts, api } = sharedHub();

interface Probe {
  status: Record<string, string>;
  addresses: string[];
  devices: string[];
}

async function running(appId: string): Promise<{ launch: Launch; preview: PreviewClient; probe: Probe }> {
  const launch = await api.launched((await api.launch(appId)).id);
  expect(launch.error).toBeNull();
  const preview = new PreviewClient(launch.previewUrl ?? '');
  await preview.enter();
  return { launch, preview, probe: (await preview.get<Probe>('/')).body };
}

test('an app reaches neither its neighbour, nor the machine, nor the network, and has no rights over it', async () => {
  const app = await api.register(probingApp(facts.repositories, 'e2e/probe').url);
  expect((await api.built(app.id)).status).toBe('succeeded');
  const [one, other] = [await running(app.id), await running(app.id)];

  await test.step('no capability that reaches past the container, and no way to gain one', () => {
    const held = BigInt(`0x${one.probe.status.CapBnd}`);
    // Numbers of linux/capability.h.
    const dangerous = { DAC_READ_SEARCH: 2, LINUX_IMMUTABLE: 9, NET_ADMIN: 12, NET_RAW: 13, SYS_MODULE: 16, SYS_RAWIO: 17, SYS_PTRACE: 19, SYS_ADMIN: 21, SYS_BOOT: 22, SYS_TIME: 25, MKNOD: 27, SYSLOG: 34, BPF: 39 };
    for (const [name, bit] of Object.entries(dangerous)) expect((held >> BigInt(bit)) & 1n, name).toBe(0n);
    expect(one.probe.status.NoNewPrivs).toBe('1');
    expect(one.probe.status.Seccomp).toBe('2');
    expect(one.probe.devices).not.toContain('kmsg');
  });

  await test.step('a network of its own', async () => {
    const reach = async (host: string, port: number): Promise<string> => (await one.preview.get(`/dial?host=${encodeURIComponent(host)}&port=${port}`)).text;
    const [neighbour = ''] = other.probe.addresses;
    expect(neighbour).not.toBe(one.probe.addresses[0]);
    expect(await reach(neighbour, 3000), 'its neighbour').not.toBe('connected');
    expect(await reach('127.0.0.1', 3000), 'itself').toBe('connected');

    // A server on every address of this machine, as careless ones are.
    const careless = createServer((socket) => socket.end());
    await new Promise<void>((resolve) => careless.listen(0, '0.0.0.0', resolve));
    const { port } = careless.address() as AddressInfo;
    const machine = Object.values(networkInterfaces()).flatMap((list) => (list ?? []).flatMap(({ family, internal, address }) => (family === 'IPv4' && !internal ? [address] : [])));
    for (const address of machine) expect(await reach(address, port), `this machine at ${address}`).not.toBe('connected');
    expect(await reach('192.0.2.1', 80), 'the world').not.toBe('connected');
    careless.close();
  });

  for (const { launch } of [one, other]) await api.send('DELETE', `/launches/${launch.id}`);
  await Promise.all([api.ended(one.launch.id), api.ended(other.launch.id)]);
  // The cookie of one preview opens no other.
  expect([401, 403, 404, 410]).toContain((await new PreviewClient(other.launch.previewUrl ?? '').http.get('/', { cookie: one.preview.cookie })).status);
});
