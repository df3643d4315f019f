import { headWithoutUpgrade, wantsWebSocket } from './upgrades';

describe('upgrades', () => {
  it.each([
    ['websocket', true],
    ['WebSocket', true],
    ['h2c, websocket', true],
    ['h2c', false],
    ['TLS/1.0', false],
    [undefined, false],
  ])('%p asks for a WebSocket: %p', (upgrade, expected) => expect(wantsWebSocket({ headers: { upgrade } })).toBe(expected));

  it('are taken out of a request, and nothing else is', () => {
    const rawHeaders = ['Host', 'x', 'Connection', 'Upgrade, HTTP2-Settings', 'upgrade', 'h2c', 'HTTP2-Settings', 'AAMAAABk', 'X-Twice', '1', 'X-Twice', '2', 'X-Empty', ''];
    const head = headWithoutUpgrade({ method: 'POST', url: '/a?b', httpVersion: '1.1', rawHeaders });
    expect(head).toBe('POST /a?b HTTP/1.1\r\nHost: x\r\nX-Twice: 1\r\nX-Twice: 2\r\nX-Empty: \r\n\r\n');
    const kept = headWithoutUpgrade({ method: 'GET', url: '/', httpVersion: '1.1', rawHeaders: ['Connection', 'close, Upgrade', 'Upgrade', 'h2c'] });
    expect(kept).toBe('GET / HTTP/1.1\r\nConnection: close\r\n\r\n');
  });
});
