import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** The process's Prometheus registry, served at `/metrics`. */
export const metricsRegistry = new Registry();
let defaultsCollected = false;

/** Node's own metrics, once per process. */
export function collectProcessMetrics(): void {
  if (defaultsCollected) return;
  defaultsCollected = true;
  collectDefaultMetrics({ register: metricsRegistry });
}

function once<M>(name: string, make: () => M): M {
  return (metricsRegistry.getSingleMetric(name) as M | undefined) ?? make();
}

/** A counter by name; the same name gives the same counter. Names end in `_total`, units are base units (seconds, bytes). */
export function counter<L extends string>(name: string, help: string, labelNames: readonly L[] = []): Counter<L> {
  return once(name, () => new Counter({ name, help, labelNames, registers: [metricsRegistry] }));
}

export function gauge<L extends string>(name: string, help: string, labelNames: readonly L[] = []): Gauge<L> {
  return once(name, () => new Gauge({ name, help, labelNames, registers: [metricsRegistry] }));
}

const BUCKETS = [0.001, 0.005, 0.025, 0.1, 0.25, 1, 2.5, 10, 60, 300, 900];

/** A histogram in seconds, from 1 ms to 15 min unless the buckets say otherwise. */
export function durations<L extends string>(name: string, help: string, labelNames: readonly L[] = [], buckets: readonly number[] = BUCKETS): Histogram<L> {
  return once(name, () => new Histogram({ name, help, labelNames, buckets: [...buckets], registers: [metricsRegistry] }));
}
