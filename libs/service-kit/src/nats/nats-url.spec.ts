import { parseNatsUrl } from './nats-url';

describe('the address of NATS', () => {
  test('without credentials, one or several', () => {
    expect(parseNatsUrl('nats://127.0.0.1:4222')).toEqual({ servers: ['nats://127.0.0.1:4222'] });
    expect(parseNatsUrl('nats://a:4222, b')).toEqual({ servers: ['nats://a:4222', 'b'] });
  });

  test('its credentials are taken out of it', () => {
    expect(parseNatsUrl('nats://hub:s%40cret@127.0.0.1:4222')).toEqual({ servers: ['nats://127.0.0.1:4222'], user: 'hub', pass: 's@cret' });
    expect(parseNatsUrl('nats://t0ken@127.0.0.1:4222')).toEqual({ servers: ['nats://127.0.0.1:4222'], token: 't0ken' });
    expect(parseNatsUrl('tls://u:p@a:4222,tls://u:p@[::1]:4223')).toEqual({ servers: ['tls://a:4222', 'tls://[::1]:4223'], user: 'u', pass: 'p' });
  });

  test('one that cannot be read is not repeated in the message', () => {
    expect(() => parseNatsUrl('nats://u:secret@@a')).toThrow(/^NATS_URL: address 1 is not/);
  });
});
