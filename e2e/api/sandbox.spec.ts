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

test('an app reaches neither its neighbour, nor the machine, nor the network, and has no rights to speak of', async () => {
  const app = await api.register(probingApp(facts.repositories, 'e2e/probe').url);
  expect((await api.built(app.id)).status).toBe('succeeded');
  const [one, other] = [await running(app.id), await running(app.id)];

  await test.step('no capabilities, no way to gain any', () => {
    expect(one.probe.status.CapEff).toBe('0000000000000000');
    expect(one.probe.status.CapBnd).toBe('0000000000000000');
    expect(one.probe.status.NoNewPrivs).toBe('1');
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

  await test.step('a root that cannot be written', async () => {
    const write = async (path: string): Promise<string> => (await one.preview.get(`/write?path=${path}`)).text;
    expect(await write('/etc/owned')).not.toBe('written');
    expect(await write('/tmp/scratch')).toBe('written');
  });

  for (const { launch } of [one, other]) await api.send('DELETE', `/launches/${launch.id}`);
  await Promise.all([api.ended(one.launch.id), api.ended(other.launch.id)]);
  // The cookie of one preview opens no other.
  expect([401, 403, 404, 410]).toContain((await new PreviewClient(other.launch.previewUrl ?? '').http.get('/', { cookie: one.preview.cookie })).status);
});
