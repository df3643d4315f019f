import { execFile } from 'node:child_process';
import { access } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface FirewallState {
  /** True where containers cannot open connections to this host's own services. */
  closed: boolean;
  /** For people: why it is not closed; undefined where it is. */
  reason?: string;
  /** This process has the rights to close it, and could not: something is wrong, that somebody has to mend. */
  broken?: boolean;
}

/**
 * An internal network keeps containers from each other and from the internet, but the host is their neighbour on its
 * bridge: whatever it serves on 0.0.0.0 they reach. This rule drops what they begin; answers to what the host began
 * (the preview proxy) pass.
 */
const rule = (bridge: string): string[] => ['INPUT', '-i', bridge, '-m', 'conntrack', '--ctstate', 'NEW,INVALID', '-j', 'DROP'];

/** `-w`: waits for another user of the tables (the engine itself) instead of failing. */
const iptables = (action: '-C' | '-I' | '-D', bridge: string) => run('iptables', ['-w', '5', action, ...rule(bridge)], { timeout: 10_000 });

/** Bridges of sandbox networks begin so; what else has rules on this host is none of ours. */
export const BRIDGE_PREFIX = 'osr-';

/** Bridges named in rules of ours, from the text of `iptables -S INPUT`. */
export function bridgesWithRules(rules: string): string[] {
  const ours = new RegExp(`^-A INPUT -i (${BRIDGE_PREFIX}[0-9a-f]+) -m conntrack --ctstate \\S+ -j DROP$`, 'gm');
  return [...new Set([...rules.matchAll(ours)].map(([, bridge = '']) => bridge))];
}

/** A hub whose network was removed without us (by the launcher's stop, by hand) leaves its rule: such rules go here. */
async function removeStaleRules(): Promise<void> {
  const { stdout } = await run('iptables', ['-w', '5', '-S', 'INPUT'], { timeout: 10_000 });
  for (const bridge of bridgesWithRules(stdout)) if (!(await isInterface(bridge))) await openHostToBridge(bridge);
}

function isInterface(name: string): Promise<boolean> {
  return access(`/sys/class/net/${name}`).then(
    () => true,
    () => false,
  );
}

/** Puts the rule in place where it is missing. Never throws: previews run without it, and health says so. */
export async function closeHostToBridge(bridge: string): Promise<FirewallState> {
  if (!(await isInterface(bridge))) return { closed: false, reason: `the sandbox bridge ${bridge} is not on this host, so its firewall is not the runner's to set` };
  try {
    await iptables('-C', bridge);
    return { closed: true };
  } catch (error) {
    if (isMissing(error)) return { closed: false, broken: process.getuid?.() === 0, reason: 'iptables is not installed: sandboxes can reach services of this host' };
  }
  try {
    await iptables('-I', bridge);
  } catch (error) {
    return refused(String((error as { stderr?: unknown }).stderr ?? error));
  }
  // What others left behind says nothing of this bridge.
  await removeStaleRules().catch(() => undefined);
  return { closed: true };
}

/** @param said by iptables */
export function refused(said: string): FirewallState {
  const closed = false;
  if (/permission denied|operation not permitted|must be root/i.test(said)) return { closed, reason: 'iptables needs root (CAP_NET_ADMIN): sandboxes can reach services of this host' };
  return { closed, broken: true, reason: `iptables does not take the rule, so sandboxes can reach services of this host: ${said.trim().split('\n')[0]}` };
}

/** Removes the rule, however often it is there. Never throws. */
export async function openHostToBridge(bridge: string): Promise<void> {
  for (let times = 0; times < 10; times++) {
    try {
      await iptables('-D', bridge);
    } catch {
      return;
    }
  }
}

function isMissing(error: unknown): boolean {
  return (error as { code?: unknown }).code === 'ENOENT';
}
