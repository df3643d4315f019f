import { networkInterfaces } from 'node:os';
import { run } from './commands.mjs';

/**
 * The network of an engine that the launcher starts: a bridge, a range of addresses and iptables chains of its own, so
 * that it runs beside another hub's engine and beside the machine's.
 * @param {string} short six hex digits that name the hub's folder
 * @param {string[]} [taken] addresses and ranges in use, as `a.b.c.d/n`
 */
export function planNetwork(short, taken = []) {
  const start = parseInt(short, 16);
  // 10.64–10.191: away from the 10.0 and 10.1 that people number by hand; the first /16 that nothing here overlaps.
  const second = Array.from({ length: 128 }, (_, index) => 64 + ((start + index) % 128)).find((candidate) => !taken.some((range) => covers(range, candidate)));
  if (second === undefined) throw new Error('no free range of addresses between 10.64.0.0 and 10.191.255.255');
  return { bridge: `osb-${short}`, chain: `OS${short.slice(0, 4)}`, prefix: `10.${second}.`, gateway: `10.${second}.0.1/24`, pool: `base=10.${second}.128.0/17,size=26` };
}

/** Whether a range meets 10.second.0.0/16. @param {string} range @param {number} second */
function covers(range, second) {
  const [address = '', bits = '32'] = range.split('/');
  const [a, b = 0] = address.split('.').map(Number);
  if (a !== 10) return false;
  const free = 16 - Math.min(16, Number(bits));
  return b >> free === second >> free;
}

/** Addresses and routes that the machine has now. @returns {Promise<string[]>} */
export async function takenRanges() {
  const own = Object.values(networkInterfaces()).flatMap((addresses) => (addresses ?? []).flatMap((entry) => (entry.family === 'IPv4' && entry.cidr ? [entry.cidr] : [])));
  const routes = (await run('ip', ['-4', 'route', 'show'])).output.split('\n').map((line) => line.split(' ')[0] ?? '').filter((target) => /^\d/.test(target));
  return [...own, ...routes];
}

/** @param {ReturnType<typeof planNetwork>} plan */
export async function raiseBridge(plan) {
  await run('ip', ['link', 'add', plan.bridge, 'type', 'bridge']); // fails where it stands already: the next two tell
  await run('ip', ['addr', 'replace', plan.gateway, 'dev', plan.bridge]);
  const result = await run('ip', ['link', 'set', plan.bridge, 'up']);
  if (result.code !== 0) throw new Error(`cannot make the bridge ${plan.bridge}: ${result.output.trim()}`);
}

/**
 * Removes what dockerd leaves behind when it ends: its bridge, those of its networks, and its iptables rules and chains.
 * @param {ReturnType<typeof planNetwork>} plan
 */
export async function clearNetwork(plan) {
  const dumps = await Promise.all(['filter', 'nat'].map(async (table) => ({ table, rules: (await run('iptables', ['-t', table, '-S'])).output.split('\n') })));
  const bridges = bridgesIn(dumps.flatMap(({ rules }) => rules), plan);
  for (const { table, rules } of dumps) {
    const chains = rules.flatMap((rule) => (rule.startsWith(`-N ${plan.chain}`) ? [rule.slice(3)] : []));
    for (const rule of rules) {
      const ours = rule.includes(`-j ${plan.chain}`) || rule.includes(` ${plan.prefix}`) || bridges.some((bridge) => rule.includes(` ${bridge} `) || rule.endsWith(` ${bridge}`));
      if (rule.startsWith('-A ') && ours && !rule.startsWith(`-A ${plan.chain}`)) await run('iptables', ['-t', table, '-D', ...rule.slice(3).split(' ')]);
    }
    for (const chain of chains) await run('iptables', ['-t', table, '-F', chain]);
    for (const chain of chains) await run('iptables', ['-t', table, '-X', chain]);
  }
  for (const bridge of bridges) await run('ip', ['link', 'delete', bridge]);
}

/** Removes the rules about what comes in from a bridge that is gone. @param {string} bridge */
export async function removeInputRules(bridge) {
  const { code, output } = await run('iptables', ['-w', '5', '-S', 'INPUT']);
  if (code !== 0) return;
  for (const rule of output.split('\n')) if (rule.startsWith(`-A INPUT -i ${bridge} `)) await run('iptables', ['-w', '5', '-D', ...rule.slice(3).split(' ')]);
}

/**
 * @param {string[]} rules
 * @param {ReturnType<typeof planNetwork>} plan
 */
function bridgesIn(rules, plan) {
  const ours = rules.filter((rule) => rule.startsWith(`-A ${plan.chain}`) || rule.includes(` ${plan.prefix}`));
  return [...new Set([plan.bridge, ...ours.flatMap((rule) => [...rule.matchAll(/ -[io] (br-[0-9a-f]{12})/g)].map((match) => match[1] ?? ''))])];
}
