import { hostName, hostPolicy, isLoopback, isOwnHost, isOwnOrigin } from './hosts';

describe('hosts', () => {
  it.each([
    ['localhost:4000', 'localhost'],
    ['LOCALHOST.', 'localhost'],
    ['[::1]:4000', '::1'],
    ['lch_a.preview.localhost', 'lch_a.preview.localhost'],
    ['a b', null],
    ['a@b', null],
    ['localhost:4000:1', null],
    ['', null],
    [undefined, null],
  ])('the name in %p is %p', (header, name) => expect(hostName(header)).toBe(name));

  const policy = hostPolicy({ HOST: '0.0.0.0', PUBLIC_HOST: ['Hub.example.org'], PUBLIC_URL: 'https://apps.example.org:8443' });
  it.each(['localhost', '127.0.0.1:4000', '[::1]', '192.168.1.9:4000', 'hub.example.org', 'APPS.example.org'])('%s is the hub', (header) =>
    expect(isOwnHost(policy, header)).toBe(true),
  );
  it.each(['evil.example', 'localhost.evil.example', 'sub.localhost', undefined, ''])('%p is not', (header) => expect(isOwnHost(policy, header)).toBe(false));

  it.each([
    [undefined, 'localhost:4000', true],
    ['http://localhost:4000', 'localhost:4000', true],
    ['https://hub.example.org', 'hub.example.org', true],
    ['http://localhost:5000', 'localhost:4000', false],
    ['http://lch_a.preview.localhost:4000', 'localhost:4000', false],
    ['null', 'localhost:4000', false],
    ['http://localhost:4000', undefined, false],
  ])('origin %p at host %p: %p', (origin, host, own) => expect(isOwnOrigin(origin, host)).toBe(own));

  it.each([
    ['127.0.0.1', true],
    ['127.9.9.9', true],
    ['::1', true],
    ['::ffff:127.0.0.1', true],
    ['10.0.0.1', false],
    ['::ffff:10.127.0.1', false],
    [undefined, false],
  ])('%p is loopback: %p', (address, expected) => expect(isLoopback(address)).toBe(expected));
});
