import { parseListeningSockets } from './listening-sockets';

const HEAD = '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n';
const row = (local: string, state: string): string =>
  `   0: ${local} 00000000:0000 ${state} 00000000:00000000 00:00000000 00000000     0        0 42146 1 00000000daa7de52 100 0 0 10 0\n`;

describe('parseListeningSockets', () => {
  it('tells a port open to all from one on the loopback', () => {
    expect(parseListeningSockets(HEAD + row('00000000:1F90', '0A') + row('0100007F:0BB8', '0A'))).toEqual([
      { port: 8080, reach: 'any' },
      { port: 3000, reach: 'loopback' },
    ]);
  });

  it('leaves out connections and the engine’s own name server', () => {
    expect(parseListeningSockets(HEAD + row('0200A8C0:1F90', '01') + row('0B00007F:AF0F', '0A'))).toEqual([]);
  });

  it('reads IPv6: any, ::1 and mapped IPv4', () => {
    const v6 = (address: string) => row(`${address}:1F90`, '0A').replace('00000000:0000', `${'0'.repeat(32)}:0000`);
    const reach = (address: string) => parseListeningSockets(HEAD + v6(address))[0]?.reach;
    expect(reach('0'.repeat(32))).toBe('any');
    expect(reach('00000000000000000000000001000000')).toBe('loopback');
    expect(reach('0000000000000000FFFF00000100007F')).toBe('loopback');
    expect(reach('0000000000000000FFFF0000020012AC')).toBe('any');
  });

  it('takes text that is not a table for nothing', () => {
    expect(parseListeningSockets('')).toEqual([]);
    expect(parseListeningSockets('nonsense\nmore nonsense')).toEqual([]);
  });
});
