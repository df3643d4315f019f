import { randomBytes } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { Problem } from '@osiris/contracts';
import type { ServiceUnderTest } from './service-under-test';
import { wire } from './wire';

/** What a signed download URL gives and refuses, wherever it leads. */
export function describeSignedUrls(kind: string, given: { service: () => ServiceUnderTest; refusedAs: 'problem' | 'xml' }): void {
  describe(`signed URLs of ${kind}`, () => {
    const bytes = Buffer.from('0123456789');
    let service: ServiceUnderTest;
    let key: string;
    let url: string;
    let short: string;
    beforeAll(async () => {
      service = given.service();
      key = (await service.upload(bytes)).key;
      url = await service.signed(key);
      short = new URL(await service.store.signDownload(key, 1, { contentType: 'text/plain' }), service.base).toString();
    });
    const refused = async (answer: Awaited<ReturnType<typeof wire>>, code: string): Promise<void> => {
      expect(answer.status).toBe(403);
      expect(answer.body.includes(bytes)).toBe(false);
      if (given.refusedAs === 'problem') expect(JSON.parse(String(answer.body)) as Problem).toMatchObject({ code, status: 403 });
    };

    it('give the object to whoever has them, without credentials', async () => {
      const { status, body, headers } = await wire(url);
      expect([status, String(body), headers['content-length'], headers['content-type']]).toEqual([200, '0123456789', '10', 'text/plain; charset=utf-8']);
    });

    it.each([
      ['the first bytes', 'bytes=0-3', '0123', 'bytes 0-3/10'],
      ['the last byte', 'bytes=9-9', '9', 'bytes 9-9/10'],
      ['from a byte on', 'bytes=7-', '789', 'bytes 7-9/10'],
      ['a suffix', 'bytes=-2', '89', 'bytes 8-9/10'],
      ['more than there is', 'bytes=8-100', '89', 'bytes 8-9/10'],
    ])('give a range: %s', async (_what, range, part, stated) => {
      const { status, body, headers } = await wire(url, { headers: { range } });
      expect([status, String(body), headers['content-range']]).toEqual([206, part, stated]);
    });

    it('answer 416 to a range that begins past the end', async () => {
      expect((await wire(url, { headers: { range: 'bytes=10-' } })).status).toBe(416);
    });

    it('give an empty object', async () => {
      const empty = await service.upload(Buffer.alloc(0));
      const { status, body, headers } = await wire(await service.signed(empty.key));
      expect([status, body.length, headers['content-length']]).toEqual([200, 0, '0']);
    });

    it('say how the object is compressed', async () => {
      const text = 'a line\n'.repeat(1000);
      const packed = await service.upload(gzipSync(text), { contentEncoding: 'gzip' });
      const { headers, body } = await wire(await service.signed(packed.key, { contentEncoding: 'gzip' }), { headers: { 'accept-encoding': 'gzip' } });
      expect([headers['content-encoding'], gunzipSync(body).toString()]).toEqual(['gzip', text]);
    });

    it.each([
      ['a line break', 'text/html\r\nset-cookie: a=b', 'x\r\nset-cookie: a=b'],
      ['quotes and slashes', 'text/html; charset="utf-7"', '../"; filename=evil.exe'],
      ['no type at all', '', '\u0000\u202e\ud800'],
      ['a name beyond ASCII', 'image/png', 'übergröße 日本 %0d%0a.png'],
    ])('let no header be written by %s', async (_what, contentType, filename) => {
      const odd = await service.upload(bytes, { contentType });
      expect(odd.answer.status).toBe(200);
      const { status, headers, body } = await wire(await service.signed(odd.key, { contentType, filename }));
      expect([status, String(body)]).toEqual([200, '0123456789']);
      expect(headers).not.toHaveProperty('set-cookie');
      expect(headers['content-type']).toMatch(/^(application\/octet-stream|text\/html; charset=utf-8|image\/png)$/);
      expect(headers['content-disposition']).toMatch(/^(inline|attachment); filename="[^"\r\n/\\]*"; filename\*=UTF-8''[A-Za-z0-9%._~!-]*$/);
    });

    it('are refused for another object, another time, another method, or with anything else changed', async () => {
      const other = await service.upload(randomBytes(10));
      const parts = new URL(url);
      await refused(await wire(url, { path: parts.pathname.replace(key, other.key) + parts.search }), 'SIGNATURE_INVALID');
      for (const name of [...parts.searchParams.keys()]) {
        const changed = new URL(url);
        const value = changed.searchParams.get(name) ?? '';
        changed.searchParams.set(name, /^\d+$/.test(value) ? String(Number(value) + 1) : value.replace(/.$/, (last) => (last === '0' ? '1' : '0')));
        const answer = await wire(changed.toString());
        // S3 reads the credential and the algorithm before the signature, and says 400 where they make no sense.
        expect([400, 403]).toContain(answer.status);
        expect(answer.body.includes(bytes)).toBe(false);
      }
      for (const method of ['PUT', 'POST', 'DELETE']) expect([403, 404, 405]).toContain((await wire(url, { method })).status);
      expect(String((await wire(url)).body)).toBe('0123456789');
    });

    it('lead nowhere else by their path', async () => {
      const { pathname, search } = new URL(url);
      for (const way of ['../'.repeat(12) + 'etc/passwd', '%2e%2e/%2e%2e/%2e%2e/etc/passwd', '..%2f..%2f..%2fetc%2fpasswd', `${key}/../../../../etc/passwd`, `${key}%00`, '.incoming/x']) {
        const answer = await wire(url, { path: pathname.replace(key, way) + search });
        expect([400, 403, 404]).toContain(answer.status);
        expect(String(answer.body)).not.toMatch(/root:|0123456789/);
      }
    });

    it('are refused once they have expired', async () => {
      const { searchParams } = new URL(short);
      expect(searchParams.get('expires') ?? searchParams.get('X-Amz-Expires')).toMatch(/^\d+$/);
      let answer = await wire(short);
      for (let tries = 0; tries < 100 && answer.status === 200; tries++) {
        await new Promise((resolve) => setTimeout(resolve, 100));
        answer = await wire(short);
      }
      await refused(answer, 'SIGNATURE_EXPIRED');
      expect((await wire(url)).status).toBe(200);
    });
  });
}
