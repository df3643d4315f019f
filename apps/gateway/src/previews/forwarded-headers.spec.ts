import type { IncomingMessage } from 'node:http';
import { requestHeaders, responseHeaders } from './forwarded-headers';

function message(rawHeaders: string[], remoteAddress = '127.0.0.1'): IncomingMessage {
  const headers: Record<string, string> = {};
  for (let index = 0; index < rawHeaders.length; index += 2) headers[(rawHeaders[index] ?? '').toLowerCase()] ??= rawHeaders[index + 1] ?? '';
  return { rawHeaders, headers, socket: { remoteAddress } } as unknown as IncomingMessage;
}

describe('forwarded headers', () => {
  it('keep order, casing and repetitions, and drop what belongs to one connection', () => {
    const raw = ['Host', 'h', 'X-A', '1', 'x-a', '2', 'Connection', 'keep-alive, X-Mine', 'X-Mine', '3', 'TE', 'trailers', 'Upgrade', 'h2c', 'Expect', '100-continue'];
    expect(requestHeaders(message(raw)).slice(0, -6)).toEqual(['Host', 'h', 'X-A', '1', 'x-a', '2']);
    expect(responseHeaders(message(['ETag', '"x"', 'Transfer-Encoding', 'chunked', 'Connection', 'close']), 'h')).toEqual(['ETag', '"x"', 'X-Robots-Tag', 'noindex']);
  });

  it('believe only a proxy on this machine about who the client was', () => {
    const raw = ['Host', 'h', 'X-Forwarded-For', '9.9.9.9', 'X-Forwarded-Proto', 'https', 'X-Forwarded-Host', 'evil'];
    expect(requestHeaders(message(raw)).slice(2)).toEqual(['X-Forwarded-For', '9.9.9.9, 127.0.0.1', 'X-Forwarded-Proto', 'https', 'X-Forwarded-Host', 'h']);
    expect(requestHeaders(message(raw, '10.0.0.1')).slice(2)).toEqual(['X-Forwarded-For', '10.0.0.1', 'X-Forwarded-Proto', 'http', 'X-Forwarded-Host', 'h']);
  });

  it('send a body of unknown length on as such', () => {
    expect(requestHeaders(message(['Host', 'h', 'Transfer-Encoding', 'chunked'])).slice(0, 4)).toEqual(['Host', 'h', 'Transfer-Encoding', 'chunked']);
  });

  it('drop a policy that held nothing but who may frame', () => {
    expect(responseHeaders(message(['Content-Security-Policy', "frame-ancestors 'none'"]), 'h')).toEqual(['X-Robots-Tag', 'noindex']);
  });

  it('drop what would reach beyond the app: cookies of all previews, or this proxy', () => {
    const raw = ['Clear-Site-Data', '"cookies"', 'Alt-Svc', 'h3=":443"', 'X-Frame-Options', 'DENY', 'Set-Cookie', 'a=1; Domain=preview.localhost', 'Set-Cookie', 'b=2'];
    expect(responseHeaders(message(raw), 'lch_1.preview.localhost')).toEqual(['Set-Cookie', 'b=2', 'X-Robots-Tag', 'noindex']);
  });
});
