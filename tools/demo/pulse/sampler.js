import { EventEmitter } from 'node:events';
import { monitorEventLoopDelay } from 'node:perf_hooks';

const PERIOD_MS = 500;
const KEPT = 240;

/** Measures this process twice a second, keeps the last two minutes, and emits each sample as `sample`. */
export class Sampler extends EventEmitter {
  history = [];
  requests = 0;
  #id = 0;
  #delay = monitorEventLoopDelay({ resolution: 10 });
  #cpu = process.cpuUsage();
  #at = process.hrtime.bigint();
  #requestsBefore = 0;

  start() {
    this.#delay.enable();
    this.timer = setInterval(() => this.#sample(), PERIOD_MS);
  }

  stop() {
    clearInterval(this.timer);
    this.#delay.disable();
  }

  #sample() {
    const now = process.hrtime.bigint();
    const seconds = Number(now - this.#at) / 1e9;
    const used = process.cpuUsage(this.#cpu);
    const memory = process.memoryUsage();
    const sample = {
      id: ++this.#id,
      at: Date.now(),
      cpu: (100 * (used.user + used.system)) / 1e6 / seconds,
      rss: memory.rss,
      heap: memory.heapUsed,
      // The timer itself waits 10 ms: what is above that is the delay.
      delay: Math.max(0, this.#delay.percentile(99) / 1e6 - 10),
      requests: (this.requests - this.#requestsBefore) / seconds,
      viewers: this.listenerCount('sample'),
    };
    this.#cpu = process.cpuUsage();
    this.#at = now;
    this.#requestsBefore = this.requests;
    this.#delay.reset();
    this.history.push(sample);
    if (this.history.length > KEPT) this.history.shift();
    this.emit('sample', sample);
  }
}
