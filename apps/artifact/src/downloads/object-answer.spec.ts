import type { DownloadOptions } from '../objects/object-store';
import { answerFor, type AskedHeaders } from './object-answer';

const KEY = 'artifacts/app_0123456789/art_0123456789';
const plain = { contentType: 'text/plain', expiresInSeconds: 60 };
const packed = { ...plain, contentEncoding: 'gzip' as const };
const answer = (asked: AskedHeaders = {}, signed: DownloadOptions & { expiresInSeconds: number } = plain) => answerFor(KEY, 100, signed, asked);

describe('answerFor', () => {
  it('gives the stored bytes with their length', () => {
    expect(answer()).toMatchObject({
      status: 200,
      headers: { 'content-length': 100, 'accept-ranges': 'bytes', etag: '"art_0123456789"', 'cache-control': 'private, max-age=60, immutable', 'x-content-type-options': 'nosniff' },
      body: { decode: false },
    });
    expect(answer().headers).not.toHaveProperty('content-encoding');
    expect(answer().headers).not.toHaveProperty('vary');
  });

  it('gives one range', () => {
    expect(answer({ range: 'bytes=10-19' })).toMatchObject({ status: 206, headers: { 'content-length': 10, 'content-range': 'bytes 10-19/100' }, body: { range: { start: 10, end: 19 } } });
    expect(answer({ range: 'bytes=-5' })).toMatchObject({ status: 206, headers: { 'content-range': 'bytes 95-99/100' } });
    expect(answer({ range: 'bytes=100-' })).toMatchObject({ status: 416, headers: { 'content-range': 'bytes */100' } });
    expect(answer({ range: 'bytes=100-' }).body).toBeUndefined();
  });

  it.each(['bytes=0-1,5-6', 'lines=1-2', 'bytes=9-1', 'bytes=-', 'bytes=x'])('gives all of it for the range %j', (range) => {
    expect(answer({ range })).toMatchObject({ status: 200, headers: { 'content-length': 100 } });
  });

  it('gives a range only of the representation that If-Range names', () => {
    expect(answer({ range: 'bytes=0-1', 'if-range': '"art_0123456789"' }).status).toBe(206);
    expect(answer({ range: 'bytes=0-1', 'if-range': '"another"' }).status).toBe(200);
    expect(answer({ range: 'bytes=0-1', 'if-range': 'Mon, 23 Nov 2026 00:00:00 GMT' }).status).toBe(200);
  });

  it.each(['"art_0123456789"', 'W/"art_0123456789"', '"x", "art_0123456789"', '*'])('answers 304 to If-None-Match %j', (tag) => {
    const { status, body, headers } = answer({ 'if-none-match': tag });
    expect([status, body]).toEqual([304, undefined]);
    expect(headers).not.toHaveProperty('content-length');
  });

  it('gives compressed bytes as they are to who takes them, with ranges of that form', () => {
    expect(answer({ 'accept-encoding': 'gzip' }, packed)).toMatchObject({ status: 200, headers: { 'content-encoding': 'gzip', 'content-length': 100, vary: 'accept-encoding' }, body: { decode: false } });
    expect(answer({ 'accept-encoding': 'gzip', range: 'bytes=0-9' }, packed)).toMatchObject({ status: 206, headers: { 'content-encoding': 'gzip', 'content-range': 'bytes 0-9/100' } });
  });

  it('decodes for others, without a length and without ranges', () => {
    const decoded = answer({ range: 'bytes=0-9' }, packed);
    expect(decoded).toMatchObject({ status: 200, headers: { vary: 'accept-encoding', 'accept-ranges': 'none', etag: '"art_0123456789-decoded"' }, body: { decode: true } });
    expect(decoded.headers).not.toHaveProperty('content-length');
    expect(decoded.headers).not.toHaveProperty('content-encoding');
    // A validator of the compressed form says nothing about this one.
    expect(answer({ 'if-none-match': '"art_0123456789"' }, packed).status).toBe(200);
  });

  it('lets no header be written by a type or a name', () => {
    const { headers } = answer({}, { ...plain, contentType: 'text/html\r\nset-cookie: a=b', filename: 'a"\r\nx: y/../\u0000.txt' });
    for (const value of Object.values(headers)) expect(String(value)).not.toMatch(/[\r\n\0]/);
    expect(headers['content-type']).toBe('application/octet-stream');
  });
});
