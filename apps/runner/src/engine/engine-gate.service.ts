import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { type DependencyState, launchJob, stopJob, verifyJob } from '@osiris/contracts';
import { closeHostToBridge, EngineConnection, engineHost, type EngineHost, ensureSandboxNetwork, type SandboxNetwork } from '@osiris/engine';
import { ENV, Health, JobGate, LOGGER, type Logger } from '@osiris/service-kit';
import type { RunnerEnv } from '../env';
import { capacityOf, runnerIdOf } from './capacity';

const PREPARE_RETRY_MS = 3_000;
/** Somebody may flush the host’s firewall: the rule is looked after. */
const FIREWALL_MS = 10_000;

/** Knows whether there is an engine to work with. While there is none, launches and stops wait in their queues. */
@Injectable()
export class EngineGate implements OnModuleInit, OnApplicationShutdown {
  private host: EngineHost | undefined;
  private network: SandboxNetwork | undefined;
  private reason = 'looking for a container engine';
  private answering = false;
  private stopWatching: () => void = () => undefined;
  private retry: NodeJS.Timeout | undefined;
  private firewallTimer: NodeJS.Timeout | undefined;
  private readonly listeners: (() => void)[] = [];

  constructor(
    private readonly engine: EngineConnection,
    private readonly gate: JobGate,
    private readonly health: Health,
    @Inject(ENV) private readonly env: RunnerEnv,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onModuleInit(): void {
    this.close(this.reason);
    this.health.register('engine', () => Promise.resolve(this.engineState()));
    this.health.register('isolation', () => Promise.resolve(this.isolationState()));
    this.stopWatching = this.engine.watch(({ available, reason }) => {
      this.answering = available;
      if (available) void this.open();
      else this.close(reason ?? 'No container engine answers');
    });
    this.firewallTimer = setInterval(() => void this.lookAfterFirewall(), FIREWALL_MS);
    this.firewallTimer.unref();
  }

  onApplicationShutdown(): void {
    this.stopWatching();
    clearTimeout(this.retry);
    clearInterval(this.firewallTimer);
  }

  /** Called each time an engine has appeared and is ready for work. */
  onOpen(listener: () => void): void {
    this.listeners.push(listener);
    if (this.isOpen) listener();
  }

  get isOpen(): boolean {
    return this.host !== undefined && this.answering;
  }

  /** CPUs of the engine's machine; one where it is not known yet. */
  get cpus(): number {
    return this.host?.cpus ?? 1;
  }

  /** Undefined until an engine was there once. */
  get runner(): { id: string; capacity: number } | undefined {
    if (!this.host) return undefined;
    return { id: runnerIdOf(this.host.id, this.env.HUB_ID), capacity: capacityOf(this.host, this.env.RUNNER_CAPACITY) };
  }

  private async open(): Promise<void> {
    clearTimeout(this.retry);
    try {
      this.host = await engineHost(this.engine);
      this.network = await ensureSandboxNetwork(this.engine, this.env.HUB_ID);
    } catch (error) {
      this.close(error instanceof Error ? error.message : String(error));
      this.logger.error({ err: error }, 'The engine answers but cannot be used');
      this.retry = setTimeout(() => this.answering && void this.open(), PREPARE_RETRY_MS);
      return;
    }
    if (!this.answering) return;
    const { firewall } = this.network;
    this.logger.info({ runner: this.runner, network: this.network.name, bridge: this.network.bridge }, 'The container engine is there');
    if (!firewall.closed) this.logger.warn({ reason: firewall.reason }, 'Sandboxes are not closed off from this host');
    this.gate.release(launchJob);
    this.gate.release(stopJob);
    this.gate.release(verifyJob);
    for (const listener of this.listeners) listener();
  }

  private close(reason: string): void {
    this.reason = reason;
    const waiting = `${reason}: launches wait until there is one`;
    this.gate.hold(launchJob, waiting);
    this.gate.hold(stopJob, waiting);
    this.gate.hold(verifyJob, waiting);
  }

  private async lookAfterFirewall(): Promise<void> {
    if (this.network) this.network.firewall = await closeHostToBridge(this.network.bridge);
  }

  private engineState(): DependencyState {
    return this.isOpen ? { status: 'up' } : { status: 'waiting', message: this.reason };
  }

  private isolationState(): DependencyState {
    if (!this.network) return { status: 'waiting', message: 'no engine yet' };
    const { closed, reason, broken } = this.network.firewall;
    // Where the rights are there, an open door is an outage; where they are not, it is said.
    if (!closed && broken) return { status: 'down', message: reason };
    const warning = [closed ? undefined : reason, this.host?.seccomp === false ? 'the engine has no default seccomp profile: apps may make every system call' : undefined].filter(Boolean).join('; ');
    return warning === '' ? { status: 'up' } : { status: 'up', message: warning, warning };
  }
}
