import { Readable } from 'node:stream';
import { artifactRemovalJob, type Problem } from '@osiris/contracts';
import { Nats } from '@osiris/service-kit';
import { owner, type ServiceUnderTest } from './service-under-test';
import type { TcpProxy } from './tcp-proxy';

/** What the service does while its S3 is away, and after: the store is taken from it by a proxy in between. */
export function describeOutage(given: { service: () => ServiceUnderTest; proxy: () => TcpProxy }): void {
  describe.each([
    ['refuses connections', (proxy: TcpProxy) => proxy.refuse()],
    ['takes connections and is silent', (proxy: TcpProxy) => proxy.hang()],
  ])('with an S3 that %s', (_how, takeAway) => {
    let service: ServiceUnderTest;
    let proxy: TcpProxy;
    beforeAll(() => {
      service = given.service();
      proxy = given.proxy();
    });
    afterEach(() => proxy.restore());

    it('stays up, says what is wrong, and works again by itself', async () => {
      const before = await service.upload(Buffer.from('before'));
      await takeAway(proxy);

      const { uploadUrl, answer } = await service.upload(Buffer.from('during'));
      expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5']);
      expect((await answer.json()) as Problem).toMatchObject({ code: 'STORE_UNAVAILABLE', status: 503 });
      await expect(service.store.get(before.key)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE', retryable: true });
      await expect(service.store.stat(before.key)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
      const away = await service.readiness();
      expect([away.status, away.store.status]).toEqual([503, 'down']);
      expect((await fetch(`${service.base}/healthz`)).status).toBe(200);

      await proxy.restore();
      // The URL that was signed before still works, and nothing of the failed upload is in its way.
      const again = await fetch(uploadUrl, { method: 'PUT', body: 'during' });
      expect([again.status, await again.json()]).toEqual([200, expect.objectContaining({ bytes: 6 })]);
      expect(await (await fetch(await service.signed(before.key))).text()).toBe('before');
      expect(await service.readiness()).toMatchObject({ status: 200, store: { status: 'up' } });
    }, 60_000);
  });

  it('removes what it was told to meanwhile, once the store is there again', async () => {
    const [service, proxy] = [given.service(), given.proxy()];
    const { key } = await service.upload(Buffer.from('to be removed'));
    await proxy.refuse();
    const artifacts = [{ id: 'art_0000000001', objectKey: key }];
    await service.service.app.get(Nats).publish(artifactRemovalJob.subject, { appId: owner.appId, artifacts }, { msgId: `removal-${key}` });
    await expect(service.store.delete(key)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    await proxy.restore();
    for (let tries = 0; tries < 150 && (await service.store.stat(key)); tries++) await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await service.store.stat(key)).toBeNull();
  }, 60_000);

  it('leaves nothing where the store goes away in the midst of a large upload', async () => {
    const service = given.service();
    const proxy = given.proxy();
    const { store } = service;
    const key = `artifacts/${owner.appId}/art_cut_by_the_store`;
    const body = Readable.from(
      (async function* () {
        for (let sent = 0; sent < 24; sent++) {
          if (sent === 20) await proxy.refuse();
          yield Buffer.alloc(1024 * 1024, sent);
        }
      })(),
      { objectMode: false },
    );
    await expect(store.put(key, body, { contentType: 'text/plain', maxBytes: 1e9 })).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    await proxy.restore();
    expect(await store.stat(key)).toBeNull();
    // Its parts could not be removed while the store was away.
    expect(await store.removeAbandoned(new Date(Date.now() - 3_600_000))).toBe(0);
    expect(await store.removeAbandoned(new Date(Date.now() + 60_000))).toBeGreaterThanOrEqual(1);
    expect(await store.removeAbandoned(new Date(Date.now() + 60_000))).toBe(0);
  }, 60_000);
}
