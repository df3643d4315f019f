import { bridgesWithRules, refused } from './bridge-firewall';
import { sandboxBridge } from './sandbox-network';

describe('bridgesWithRules', () => {
  it('finds rules of ours, and only those', () => {
    const rules = [
      '-P INPUT ACCEPT',
      '-A INPUT -i osr-bcf9b935c9 -m conntrack --ctstate INVALID,NEW -j DROP',
      '-A INPUT -i osr-bcf9b935c9 -m conntrack --ctstate INVALID,NEW -j DROP',
      '-A INPUT -i osr-0000000001 -j ACCEPT',
      '-A INPUT -i eth0 -m conntrack --ctstate INVALID,NEW -j DROP',
    ];
    expect(bridgesWithRules(rules.join('\n'))).toEqual(['osr-bcf9b935c9']);
  });
});

describe('sandboxBridge', () => {
  it('fits into the 15 characters of an interface name, whatever the hub is called', () => {
    expect(sandboxBridge('a'.repeat(31))).toMatch(/^osr-[0-9a-f]{10}$/);
    expect(sandboxBridge('one')).not.toBe(sandboxBridge('two'));
  });
});

describe('a rule that is not taken', () => {
  it('is nobody’s fault where rights are missing', () => {
    expect(refused('iptables v1.8.9 (nf_tables): Could not fetch rule set generation id: Permission denied (you must be root)')).toMatchObject({ closed: false, reason: expect.stringContaining('CAP_NET_ADMIN') });
    expect(refused('iptables: Operation not permitted.').broken).toBeUndefined();
  });

  it('is a fault where they are there', () => {
    expect(refused('iptables: No chain/target/match by that name.\n')).toEqual({ closed: false, broken: true, reason: expect.stringMatching(/reach services of this host: iptables: No chain.*name\.$/) as string });
  });
});
